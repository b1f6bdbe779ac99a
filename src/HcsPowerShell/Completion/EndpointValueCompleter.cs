using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Completion;

/// <summary>Completes a property of endpoints.</summary>
public abstract class EndpointValueCompleter : NetworkValueCompleter<HostComputeEndpoint>
{
    private protected EndpointValueCompleter()
    {
    }

    private protected sealed override string Describe(HostComputeEndpoint one) => string.Join(
        " ",
        [
            string.IsNullOrEmpty(one.Name) ? one.Guid.ToString() : one.Name!,
            .. HcsNetwork.Shown(one.Health?.Extra?.SharedContainers),
        ]);
}
