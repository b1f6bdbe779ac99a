using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Fills in the state of a system that was never started, for which the service may give none.</summary>
internal static class UnstartedState
{
    /// <summary>
    /// Sets the state to Created where the service gave none. Use it only for a system that is known not to be started,
    /// or for a library that gives the state of every started system.
    /// </summary>
    internal static ContainerProperties Fill(ContainerProperties properties)
    {
        if (string.IsNullOrEmpty(properties.State) && !properties.Stopped)
        {
            properties.State = "Created";
        }

        return properties;
    }
}
