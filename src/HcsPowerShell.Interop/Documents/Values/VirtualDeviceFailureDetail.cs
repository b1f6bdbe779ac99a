namespace HcsPowerShell.Interop.Documents.Values;

/// <summary>The action during which a virtual device failed; informational only.</summary>
internal enum VirtualDeviceFailureDetail
{
    None,
    Create,
    Initialize,
    StartReservingResources,
    FinishReservingResources,
    FreeReservedResources,
    SaveReservedResources,
    PowerOnCold,
    PowerOnRestore,
    PowerOff,
    Save,
    Resume,
    Pause,
    EnableOptimizations,
    StartDisableOptimizations,
    FinishDisableOptimizations,
    Reset,
    PostReset,
    Teardown,
    SaveCompatibilityInfo,
    MetricRestore,
    MetricEnumerate,
    MetricEnumerateForSave,
    MetricReset,
    MetricEnable,
    MetricDisable,
}
