using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>A compute service that fails as a plan wants it, and is the one behind it otherwise.</summary>
public sealed class FaultyComputeService(IComputeService inner) : IComputeService, IFaultInjection
{
    private readonly FaultInjector _injector = new();

    /// <inheritdoc/>
    public IReadOnlyList<FaultRule> FaultPlan
    {
        get => _injector.Plan.Rules;
        set => _injector.Plan = new FaultPlan(value);
    }

    /// <inheritdoc/>
    public HostProperties Declared => inner.Declared;

    /// <summary>Refuses a plan that cannot be followed, as setting it would.</summary>
    /// <exception cref="HcsDocumentException">A rule cannot be applied; its path names the rule and the member.</exception>
    public static void Check(IReadOnlyList<FaultRule> rules) => _ = new FaultPlan(rules);

    /// <inheritdoc/>
    public Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken cancellationToken) =>
        HandleAsync(
            new FaultyCall(FaultOperation.Create, id),
            token => inner.CreateContainerAsync(id, document, version, token),
            TerminateAsync,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IContainer> OpenContainerAsync(string id, CancellationToken cancellationToken) =>
        HandleAsync(
            new FaultyCall(FaultOperation.Open, id),
            token => inner.OpenContainerAsync(id, token),
            container =>
            {
                container.Close();
                return Task.CompletedTask;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken cancellationToken) =>
        _injector.CallAsync(
            new FaultyCall(FaultOperation.Enumerate, null),
            _injector.Connection,
            token => inner.GetContainersAsync(query, token),
            null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<HostProperties> GetPropertiesAsync(CancellationToken cancellationToken) =>
        _injector.CallAsync(
            new FaultyCall(FaultOperation.ServiceProperties, null),
            _injector.Connection,
            inner.GetPropertiesAsync,
            null,
            cancellationToken);

    /// <inheritdoc/>
    public void Close()
    {
        try
        {
            inner.Close();
        }
        finally
        {
            _injector.Connection.End();
        }
    }

    private async Task<IContainer> HandleAsync(
        FaultyCall call,
        Func<CancellationToken, Task<IContainer>> make,
        Func<IContainer, Task> abandon,
        CancellationToken cancellationToken)
    {
        ServiceConnection connection = _injector.Connection;
        IContainer container =
            await _injector.CallAsync(call, connection, make, abandon, cancellationToken).ConfigureAwait(false);
        return new FaultyContainer(container, _injector, connection);
    }

    // As the native adapters do: a creation nobody waits for any more leaves no system behind.
    private static async Task TerminateAsync(IContainer container)
    {
        try
        {
            await container.TerminateAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (HcsException)
        {
            // The service is gone, and with it the way to end the system.
        }
        finally
        {
            container.Close();
        }
    }
}
