using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Translation;

namespace HcsPowerShell.Embedded;

/// <summary>A compute service inside this process that behaves as HCS does.</summary>
public sealed class EmbeddedComputeService : IComputeService
{
    private readonly ConcurrentDictionary<string, ComputeSystem> _systems = new(ContainerId.Comparer);
    private readonly IIsolation _isolation;
    private volatile bool _closed;

    /// <summary>Makes an empty host; starts nothing.</summary>
    /// <param name="isolation">How its systems are kept apart.</param>
    /// <exception cref="HcsException">This machine lacks what the isolation needs; the result document says what.</exception>
    public EmbeddedComputeService(IsolationKind isolation = IsolationKind.Best)
        : this(IsolationChoice.Make(isolation))
    {
    }

    internal EmbeddedComputeService(IsolationChoice choice)
    {
        _isolation = choice.Isolation;
        Declared = new HostProperties
        {
            Kind = HostKind.Embedded,
            Isolation = _isolation.Name,
            IsolationLack = choice.Lack,
            Api = ["embedded " + typeof(EmbeddedComputeService).Assembly.GetName().Version!.ToString(3)],
            SchemaVersions = ["1.0", $"2.{ContainerDocument.NewestMinor}"],
            UnenforcedContainerMembers = _isolation.UnenforcedContainerMembers,
            UnenforcedSystemMembers =
            [
                .. SystemMembers.Of(_isolation.UnenforcedContainerMembers),
                .. SystemMembers.WithoutCounterpart,
            ],
            UnenforcedResources = _isolation.UnenforcedResources,
            UnenforcedProcessMembers = _isolation.UnenforcedProcessMembers,
        };
    }

    /// <inheritdoc/>
    public HostProperties Declared { get; }

    /// <inheritdoc/>
    public Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken cancellationToken) =>
        Get<IContainer>("HcsCreateComputeSystem", () => Create(id, document, version), cancellationToken);

    /// <inheritdoc/>
    public Task<IContainer> OpenContainerAsync(string id, CancellationToken cancellationToken) =>
        Get<IContainer>(
            "HcsOpenComputeSystem",
            () => _systems.TryGetValue(id, out ComputeSystem? system)
                ? new ContainerHandle(system)
                : throw Refusal.SystemNotFound(id, "HcsOpenComputeSystem"),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken cancellationToken) =>
        Get(
            "HcsEnumerateComputeSystems",
            () => _systems.Values.Where(s => !s.IsStopped).Select(s => s.Describe()).Where(query.Matches),
            cancellationToken);

    /// <inheritdoc/>
    public Task<HostProperties> GetPropertiesAsync(CancellationToken cancellationToken) =>
        Get("HcsGetServiceProperties", () => Declared, cancellationToken);

    /// <inheritdoc/>
    public void Close()
    {
        _closed = true;
        try
        {
            Task.WhenAll(_systems.Values.Select(s => s.TerminateAsync())).GetAwaiter().GetResult();
        }
        finally
        {
            _isolation.Dispose();
        }
    }

    private ContainerHandle Create(string id, string document, SchemaVersion version)
    {
        const string Function = "HcsCreateComputeSystem";
        if (ContainerId.Problem(id) is { } problem)
        {
            throw Refusal.InvalidArgument(id, Function, problem);
        }

        ContainerDocument read = ContainerDocument.Read(id, document, version);
        if (_systems.ContainsKey(id))
        {
            throw Refusal.SystemAlreadyExists(id, Function);
        }

        ISandbox sandbox = _isolation.CreateSandbox(id, read.Config);
        var system = new ComputeSystem(id, read, sandbox, Remove);
        if (_systems.TryAdd(id, system))
        {
            return new ContainerHandle(system);
        }

        sandbox.Dispose();
        throw Refusal.SystemAlreadyExists(id, Function);
    }

    private void Remove(ComputeSystem system) =>
        _systems.TryRemove(system.Id, system);

    private Task<T> Get<T>(string function, Func<T> call, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return _closed ? throw Refusal.ServiceDisconnect(null, function) : Task.FromResult(call());
        }
        catch (HcsException e)
        {
            return Task.FromException<T>(e);
        }
    }
}
