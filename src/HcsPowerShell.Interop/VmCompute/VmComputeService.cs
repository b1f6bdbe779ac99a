using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.Interop.Ole32;
using static HcsPowerShell.Interop.Native.Interop.VmCompute;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>The Host Compute Service through vmcompute.dll (schema 1; Windows 10 1607, Server 2016).</summary>
internal sealed class VmComputeService : IComputeService
{
    private static readonly TimeSpan s_patienceWithCreation = TimeSpan.FromSeconds(10);

    public HostProperties Declared { get; } = new() { Kind = HostKind.Local };

    public async Task<IContainer> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken cancellationToken) =>
        await new VmComputeCreation(id, document, s_patienceWithCreation).RunAsync(cancellationToken).ConfigureAwait(false);

    public async Task<IContainer> OpenContainerAsync(string id, CancellationToken cancellationToken) =>
        await Cancellable.RunAsync(
            () => NativeCall.RunAsync(nameof(HcsOpenComputeSystem), id, () => Open(id)),
            cancellationToken,
            UnwantedContainer.CloseWhenOpened).ConfigureAwait(false);

    public async Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken cancellationToken)
    {
        string? systems = await Cancellable.RunAsync(() => EnumerateAsync(HcsJson.Write(query)), cancellationToken)
            .ConfigureAwait(false);
        return string.IsNullOrEmpty(systems)
            ? throw new HcsException(nameof(HcsEnumerateComputeSystems), HResult.InvalidData)
            : HcsJson.ReadList<ContainerProperties>(systems!);
    }

    public async Task<HostProperties> GetPropertiesAsync(CancellationToken cancellationToken)
    {
        // Asked only to learn that the library and the service are there; the export is younger than the library.
        string basic = HcsJson.Write(new PropertyQuery { PropertyTypes = ["Basic"] });
        try
        {
            await Cancellable.RunAsync(
                () => VmComputeCall.AskAsync(
                    nameof(HcsGetServiceProperties),
                    null,
                    (out SafeCoTaskString properties, out SafeCoTaskString result) =>
                        HcsGetServiceProperties(basic, out properties, out result)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (HcsException e) when (NativeResult.IsAnswer(e))
        {
            // A refusal of the question is an answer.
        }

        return Declared with
        {
            Api = [LibraryVersion.Describe(Interop.Native.Interop.Libraries.VmCompute)],
            SchemaVersions = ["1.0"],
        };
    }

    public void Close()
    {
        // The service belongs to Windows; its handles are closed one by one.
    }

    /// <summary>Before Windows 10 1709 the list is refused for a moment while a silo ends.</summary>
    private static async Task<string?> EnumerateAsync(string query)
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
                await Task.Delay(PauseMilliseconds).ConfigureAwait(false);
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

            // No creation to wait for: that was told to whoever created it.
            var state = new SystemState(id);
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
