namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>How the worker process of a virtual machine ended.</summary>
internal enum WorkerExitType
{
    None,
    InitializationFailed,
    Stopped,
    Saved,
    StoppedOnReset,
    UnexpectedStop,
    ResetFailed,
    UnrecoverableError,
}
