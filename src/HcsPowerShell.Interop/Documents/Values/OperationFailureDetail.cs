namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>The operation that failed.</summary>
internal enum OperationFailureDetail
{
    Invalid,
    CreateInternalError,
    ConstructStateError,
    RuntimeOsTypeMismatch,
    Construct,
    Start,
    Pause,
    Resume,
    Shutdown,
    Terminate,
    Save,
    GetProperties,
    Modify,
    Crash,
    GuestCrash,
    LifecycleNotify,
    ExecuteProcess,
    GetProcessInfo,
    WaitForProcess,
    SignalProcess,
    ModifyProcess,
    PrepareForHosting,
    RegisterHostedSystem,
    UnregisterHostedSystem,
    PrepareForClone,
    GetCloneTemplate,
}
