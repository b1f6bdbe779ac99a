namespace HcsPowerShell;

/// <summary>States of compute systems that the service lists. A system that has exited is not listed.</summary>
public enum HcsSystemState
{
    /// <summary>Created and not started.</summary>
    Created,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>Ending.</summary>
    Stopped,

    /// <summary>A template that other systems are cloned from.</summary>
    SavedAsTemplate,

    /// <summary>The service does not know the state.</summary>
    Unknown,
}
