using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop.ComputeCore;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.VmCompute;

namespace HcsPowerShell.Interop.Local;

/// <summary>The Host Compute Service of this Windows, through whichever of its two libraries a system needs.</summary>
/// <remarks>
/// A system is operated through the library that created it. What this process did not create is opened through
/// computecore. No library is loaded before the first call.
/// </remarks>
public sealed class LocalComputeService : IComputeService
{
    private readonly LocalApi _api;
    private readonly VmComputeService _vmCompute = new();
    private readonly ComputeCoreService _computeCore = new();
    private readonly SystemLibraries _libraries = new();

    /// <summary>Uses one library for everything, or chooses.</summary>
    public LocalComputeService(LocalApi api = LocalApi.Automatic) => _api = api;

    /// <inheritdoc/>
    public HostProperties Declared { get; } = new() { Kind = HostKind.Local };

    /// <inheritdoc/>
    public async Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CallOptions options)
    {
        LocalApi library = Forced ?? (version.Major < 2 ? LocalApi.VmCompute : LocalApi.ComputeCore);
        IContainer container = await Service(library)
            .CreateContainerAsync(id, document, version, options).ConfigureAwait(false);
        _libraries.Remember(id, library);
        _libraries.ForgetAfterExit(container);
        return container;
    }

    /// <inheritdoc/>
    public async Task<IContainer> OpenContainerAsync(string id, CallOptions options)
    {
        if (Forced is { } forced)
        {
            return await Service(forced).OpenContainerAsync(id, options).ConfigureAwait(false);
        }

        if (_libraries.Of(id) is { } library)
        {
            try
            {
                return await Service(library).OpenContainerAsync(id, options).ConfigureAwait(false);
            }
            catch (HcsException e) when (e.Is(HResult.SystemNotFound))
            {
                // It has exited since, and the id may be somebody else's by now.
                _libraries.Forget(id);
            }
        }

        return await OpenForeignAsync(id, options).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CallOptions options) =>
        ThroughEitherAsync(service => service.GetContainersAsync(query, options));

    /// <inheritdoc/>
    public async Task<HostProperties> GetPropertiesAsync(CallOptions options) =>
        (await GetLibrariesAsync(options).ConfigureAwait(false)) with { IsElevated = Elevation.IsElevated() };

    private async Task<HostProperties> GetLibrariesAsync(CallOptions options)
    {
        if (Forced is { } library)
        {
            return await Service(library).GetPropertiesAsync(options).ConfigureAwait(false);
        }

        HostProperties? first = await UnlessMissingAsync(_vmCompute, options).ConfigureAwait(false);
        HostProperties? second = await UnlessMissingAsync(_computeCore, options).ConfigureAwait(false);
        return (first, second) switch
        {
            (null, null) => await _computeCore.GetPropertiesAsync(options).ConfigureAwait(false),
            (null, _) => second!,
            (_, null) => first!,
            _ => first! with
            {
                Api = [.. first!.Api, .. second!.Api],
                SchemaVersions = [.. first.SchemaVersions.Union(second.SchemaVersions)],
            },
        };
    }

    /// <inheritdoc/>
    public void Close()
    {
        // The service belongs to Windows; its handles are closed one by one.
    }

    private LocalApi? Forced => _api == LocalApi.Automatic ? null : _api;

    private static bool IsMissing(HcsException e) => e.Is(HResult.ModuleNotFound);

    private static async Task<HostProperties?> UnlessMissingAsync(
        IComputeService service, CallOptions options)
    {
        try
        {
            return await service.GetPropertiesAsync(options).ConfigureAwait(false);
        }
        catch (HcsException e) when (IsMissing(e))
        {
            return null;
        }
    }

    private IComputeService Service(LocalApi library) =>
        library == LocalApi.VmCompute ? _vmCompute : _computeCore;

    private async Task<IContainer> OpenForeignAsync(string id, CallOptions options)
    {
        try
        {
            IContainer opened = await _computeCore.OpenContainerAsync(id, options).ConfigureAwait(false);
            return new ForeignContainer(opened, _vmCompute, _libraries);
        }
        catch (HcsException e) when (IsMissing(e))
        {
            return await _vmCompute.OpenContainerAsync(id, options).ConfigureAwait(false);
        }
    }

    /// <summary>Computecore, or vmcompute on a Windows that has no computecore.</summary>
    private async Task<T> ThroughEitherAsync<T>(Func<IComputeService, Task<T>> call)
    {
        if (Forced is { } library)
        {
            return await call(Service(library)).ConfigureAwait(false);
        }

        try
        {
            return await call(_computeCore).ConfigureAwait(false);
        }
        catch (HcsException e) when (IsMissing(e))
        {
            try
            {
                return await call(_vmCompute).ConfigureAwait(false);
            }
            catch (HcsException none) when (IsMissing(none))
            {
                throw e;
            }
        }
    }
}
