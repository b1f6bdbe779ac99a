using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>The state of a system that was never started: the service may tell none.</summary>
internal static class UnstartedState
{
    /// <summary>Only where the service tells the state of every system that was started, or this one is known not to be.</summary>
    internal static ContainerProperties Fill(ContainerProperties properties)
    {
        if (string.IsNullOrEmpty(properties.State) && !properties.Stopped)
        {
            properties.State = "Created";
        }

        return properties;
    }
}
