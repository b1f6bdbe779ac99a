using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.ComputeNetwork;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Images;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Ole32;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>The Host Compute Service through vmcompute.dll (schema 1; Windows 10 1607, Server 2016).</summary>
internal sealed class VmComputeService : ComputeServiceBase
{
    private static readonly TimeSpan s_patienceWithCreation = TimeSpan.FromSeconds(10);

    public override HostProperties Declared { get; } = new() { Kind = HostKind.Local };

    public override ILayerService Layers { get; } = new VmComputeLayers();

    public override IImageService Images { get; } = new StoredImages(() => ProgramData.Path);

    public override INetworkService Networks { get; } = new ComputeNetworkService();

    public override IMachineService Machines { get; } = new RefusedMachines(Missing);

    /// <summary>The failure of a call that is only in computecore.dll, which Windows 10 1809 brings.</summary>
    internal static HcsException Missing(ComputeOperation operation, string? systemId) => new(
        operation.Function(), NativeResult.ExportMissing, systemId, null, new EntryPointNotFoundException());

    public override void Close()
    {
        // The service belongs to Windows; its handles are closed one by one.
    }

    private protected override async Task<ContainerBase> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken abandoned)
    {
        string resolved = await NativeCall.WithoutLinksAsync(ComputeOperation.Create, id, document).ConfigureAwait(false);
        return await new VmComputeCreation(id, resolved, s_patienceWithCreation).RunAsync(abandoned).ConfigureAwait(false);
    }

    private protected override async Task<ContainerBase> OpenContainerAsync(string id, CancellationToken abandoned) =>
        await NativeCall.RunAsync(nameof(HcsOpenComputeSystem), id, () => Open(id)).ConfigureAwait(false);

    private protected override async Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken abandoned)
    {
        string? systems = await EnumerateAsync(HcsJson.Write(query), abandoned).ConfigureAwait(false);
        return AnswerDocument.ReadList<ContainerProperties>(nameof(HcsEnumerateComputeSystems), systems);
    }

    private protected override async Task<HostProperties> GetPropertiesAsync(CancellationToken abandoned)
    {
        // The query only shows that the library and the service are available; older versions of the library lack the
        // export.
        string basic = HcsJson.Write(new PropertyQuery { PropertyTypes = ["Basic"] });
        try
        {
            await VmComputeCall.AskAsync(
                nameof(HcsGetServiceProperties),
                null,
                (out SafeCoTaskString properties, out SafeCoTaskString result) =>
                    HcsGetServiceProperties(basic, out properties, out result)).ConfigureAwait(false);
        }
        catch (HcsException e) when (NativeResult.IsAnswer(e))
        {
            // A refusal of the query is an answer too.
        }

        return Declared with
        {
            Api = [LibraryVersion.Describe(Libraries.VmCompute)],
            SchemaVersions = ["1.0"],
        };
    }

    /// <summary>
    /// Lists the systems. Before Windows 10 1709 the service refuses the list for a moment while a silo ends.
    /// </summary>
    private static async Task<string?> EnumerateAsync(string query, CancellationToken abandoned)
    {
        const int Tries = 3;
        const int PauseMilliseconds = 100;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await VmComputeCall.AskAsync(
                    nameof(HcsEnumerateComputeSystems),
                    null,
                    (out SafeCoTaskString systems, out SafeCoTaskString result) =>
                        HcsEnumerateComputeSystems(query, out systems, out result)).ConfigureAwait(false);
            }
            catch (HcsException e) when ((e.Is(HResult.AccessDenied) || e.Is(HResult.InvalidState)) && attempt < Tries)
            {
                await Task.Delay(PauseMilliseconds, abandoned).ConfigureAwait(false);
            }
        }
    }

    private static VmComputeContainer Open(string id)
    {
        int hresult = HcsOpenComputeSystem(id, out SafeHcsSystemV1Handle handle, out SafeCoTaskString result);
        string? document = result.Take();
        try
        {
            VmComputeCall.Check(nameof(HcsOpenComputeSystem), id, (hresult, document));

            // There is no creation to wait for: its end was reported to the caller that created the system.
            var state = new SystemSignals(id);
            SafeHcsSystemCallbackHandle callback =
                VmComputeNotifications.Listen(id, handle, new SystemNotifications(state));
            return new VmComputeContainer(state, handle, callback, opened: true);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
