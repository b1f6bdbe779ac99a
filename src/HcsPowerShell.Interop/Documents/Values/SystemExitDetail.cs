namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>Why a system ended.</summary>
internal enum SystemExitDetail
{
    Invalid,
    HcsApiFatalError,
    ServiceStop,
    Shutdown,
    Terminate,
    UnexpectedExit,
}
