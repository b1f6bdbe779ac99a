using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Interop.ComputeCore;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.VmCompute;

namespace HcsPowerShell.Interop.Local;

/// <summary>
/// The Host Compute Service of this Windows, through the one of its two libraries that a system needs.
/// </summary>
/// <remarks>
/// A system is operated through the library that created it. A system that was opened by id is operated through the
/// library that is remembered for the id, or through computecore, and through the other library if that one refuses. No
/// library is loaded before the first call.
/// </remarks>
internal sealed class LocalComputeService : IComputeService
{
    private readonly LocalApi _api;
    private readonly VmComputeService _vmCompute = new();
    private readonly ComputeCoreService _computeCore = new();
    private readonly SystemLibraries _libraries = new();

    // Windows tells its version through a library, and none is loaded before somebody asks.
    private readonly Lazy<HostProperties> _declared = new(static () => new HostProperties
    {
        Kind = HostKind.Local,
        ImageOS = "windows",
        OSVersion = WindowsVersion.Read(),
    });

    /// <summary>Uses one library for everything, or chooses one for each system.</summary>
    public LocalComputeService(LocalApi api = LocalApi.Automatic) => _api = api;

    /// <inheritdoc/>
    public HostProperties Declared => _declared.Value;

    /// <inheritdoc/>
    public ILayerService Layers => _vmCompute.Layers;

    /// <inheritdoc/>
    public IImageService Images => _vmCompute.Images;

    /// <inheritdoc/>
    public INetworkService Networks => _vmCompute.Networks;

    /// <inheritdoc/>
    public IMachineService Machines => Service(Forced ?? LocalApi.ComputeCore).Machines;

    /// <inheritdoc/>
    public async Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CallOptions options)
    {
        LocalApi library = Forced ?? (version.Major < 2 ? LocalApi.VmCompute : LocalApi.ComputeCore);
        IContainer container = await Service(library)
            .CreateContainerAsync(id, document, version, options).ConfigureAwait(false);
        _libraries.Remember(id, library);
        _libraries.ForgetAfterExit(id, container.Exited);
        return container;
    }

    /// <inheritdoc/>
    public async Task<IContainer> OpenContainerAsync(string id, CallOptions options)
    {
        if (Forced is { } forced)
        {
            return await Service(forced).OpenContainerAsync(id, options).ConfigureAwait(false);
        }

        // The id may belong to another system by now, so the library that is remembered is tried first, but not alone.
        LocalApi first = _libraries.Of(id) ?? LocalApi.ComputeCore;
        LocalApi second = first == LocalApi.VmCompute ? LocalApi.ComputeCore : LocalApi.VmCompute;
        return await EitherLibrary.CallAsync(
            ComputeOperation.Open,
            options,
            left => OpenAsync(first, id, left),
            left =>
            {
                _libraries.Forget(id);
                return OpenAsync(second, id, left);
            },
            evenIfNotFound: first == LocalApi.VmCompute).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CallOptions options) =>
        Forced is { } forced
            ? Service(forced).GetContainersAsync(query, options)
            : EitherLibrary.CallAsync(
                ComputeOperation.Enumerate,
                options,
                left => _computeCore.GetContainersAsync(query, left),
                left => _vmCompute.GetContainersAsync(query, left));

    /// <inheritdoc/>
    public async Task<HostProperties> GetPropertiesAsync(CallOptions options) =>
        (await GetLibrariesAsync(options).ConfigureAwait(false)) with
        {
            IsElevated = Elevation.IsElevated(),
            ImageOS = Declared.ImageOS,
            OSVersion = Declared.OSVersion,
        };

    private async Task<HostProperties> GetLibrariesAsync(CallOptions options)
    {
        if (Forced is { } library)
        {
            return await Service(library).GetPropertiesAsync(options).ConfigureAwait(false);
        }

        // Both run at the same time, within one time limit.
        HostProperties?[] found = await Task.WhenAll(
            UnlessMissingAsync(_vmCompute, options), UnlessMissingAsync(_computeCore, options)).ConfigureAwait(false);
        (HostProperties? first, HostProperties? second) = (found[0], found[1]);
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

    private static async Task<HostProperties?> UnlessMissingAsync(
        IComputeService service, CallOptions options)
    {
        try
        {
            return await service.GetPropertiesAsync(options).ConfigureAwait(false);
        }
        catch (HcsException e) when (EitherLibrary.IsMissing(e))
        {
            return null;
        }
    }

    private ComputeServiceBase Service(LocalApi library) =>
        library == LocalApi.VmCompute ? _vmCompute : _computeCore;

    private async Task<IContainer> OpenAsync(LocalApi library, string id, CallOptions options)
    {
        ContainerBase opened = await Service(library).OpenAsync(id, options).ConfigureAwait(false);
        return new ForeignContainer(opened, library, Service, _libraries);
    }
}
