namespace HcsPowerShell;

/// <summary>States of compute systems that can be listed; one that has exited cannot.</summary>
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

    /// <summary>A template that others are cloned from.</summary>
    SavedAsTemplate,

    /// <summary>The service does not know.</summary>
    Unknown,
}
