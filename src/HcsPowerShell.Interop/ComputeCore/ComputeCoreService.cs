using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.ComputeNetwork;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Images;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using HcsPowerShell.Interop.VmCompute;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>The Host Compute Service through computecore.dll (schema 2; Windows 10 1809, Server 2019).</summary>
/// <param name="limits">The times of the operations, if they are not the usual ones.</param>
internal sealed class ComputeCoreService(Func<ComputeOperation, TimeSpan>? limits = null) : ComputeServiceBase
{
    private const uint GenericAll = 0x10000000;

    public override HostProperties Declared { get; } = new() { Kind = HostKind.Local };

    public override ILayerService Layers { get; } = new VmComputeLayers();

    public override IImageService Images { get; } = new StoredImages(() => ProgramData.Path);

    public override INetworkService Networks { get; } = new ComputeNetworkService();

    public override IMachineService Machines { get; } = new ComputeCoreMachines();

    public override void Close()
    {
        // The service belongs to Windows; its handles are closed one by one.
    }

    private protected override Lifetime Lifetime { get; } = new(limits);

    private protected override async Task<ContainerBase> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken abandoned)
    {
        string resolved = await NativeCall.WithoutLinksAsync(ComputeOperation.Create, id, document).ConfigureAwait(false);
        return await new ComputeCoreCreation(id, resolved, Lifetime.Limits).RunAsync(abandoned).ConfigureAwait(false);
    }

    private protected override async Task<ContainerBase> OpenContainerAsync(string id, CancellationToken abandoned) =>
        await NativeCall.RunAsync(nameof(HcsOpenComputeSystem), id, () => Open(id)).ConfigureAwait(false);

    private protected override async Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken abandoned)
    {
        string filters = HcsJson.Write(new SystemQuery
        {
            Ids = query.Ids,
            Names = query.Names,
            Types = query.Types,
            Owners = query.Owners,
        });
        var waits = new PendingWaits();
        var listing = new HcsOperation(
            nameof(HcsEnumerateComputeSystems), null, waits, op => HcsEnumerateComputeSystems(filters, op));

        // No handle ends this operation, and it may be closed while it runs.
        using (abandoned.Register(() => waits.EndAll(HResult.Abandoned, forEver: true)))
        {
            OperationResult result = await listing.RunAsync().ConfigureAwait(false);
            return AnswerDocument.ReadList<ContainerProperties>(nameof(HcsEnumerateComputeSystems), result.Document)
                .Select(UnstartedState.Fill);
        }
    }

    private protected override async Task<HostProperties> GetPropertiesAsync(CancellationToken abandoned)
    {
        string? properties = null;
        try
        {
            properties = await ServiceQuery.AskAsync("Basic").ConfigureAwait(false);
        }
        catch (HcsException e) when (NativeResult.IsAnswer(e))
        {
            // The supported schema versions are then unknown; the service is available all the same.
        }

        return Declared with
        {
            Api = [LibraryVersion.Describe(Libraries.ComputeCore)],
            SchemaVersions = SupportedSchemas.Of(properties),
        };
    }

    private ComputeCoreContainer Open(string id)
    {
        int hresult = HcsOpenComputeSystem(id, GenericAll, out SafeHcsSystemHandle handle);
        try
        {
            if (hresult < 0)
            {
                throw new HcsException(nameof(HcsOpenComputeSystem), hresult, id);
            }

            var state = new SystemSignals(id, Lifetime.Limits);
            ComputeCoreEvents.Listen(id, handle, new SystemEvents(state));
            return new ComputeCoreContainer(state, handle, opened: true);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}

/// <summary>Reads the answer to the service query for Basic.</summary>
internal static class SupportedSchemas
{
    /// <summary>
    /// Returns the schema versions, such as <c>2.5</c>; each implies the lower minor ones. Empty when the answer has
    /// none.
    /// </summary>
    internal static IReadOnlyList<string> Of(string? answer) =>
    [
        .. (string.IsNullOrEmpty(answer) ? [] : HcsJson.ReadFitting<ServiceProperties>(answer!)?.Properties ?? [])
            .OfType<RawJson>()
            .SelectMany(property => HcsJson.ReadFitting<BasicInformation>(property.Text)?.SupportedSchemaVersions ?? [])
            .Select(version => version.ToVersion().ToString()),
    ];
}
