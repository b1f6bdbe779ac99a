using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.VmCompute;

/// <summary>
/// Mounts one scratch. What has succeeded is undone when a later step fails or nobody waits any longer.
/// </summary>
/// <param name="path">Folder of the scratch.</param>
/// <param name="parents">All layers below it, newest first.</param>
/// <param name="abandoned">Cancelled when nobody waits any longer.</param>
internal sealed class VmComputeMount(string path, IReadOnlyList<Layer> parents, CancellationToken abandoned)
{
    private const int Tries = 5;
    private const int PauseMilliseconds = 100;

    // Two PrepareLayer at once time out, by a fault of Windows. The turn is awaited, so a call that hangs blocks no
    // thread of those behind it, and they can be cancelled.
    private static readonly SemaphoreSlim s_turn = new(1, 1);

    /// <summary>Returns the volume, without a backslash at its end.</summary>
    internal async Task<string> RunAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            abandoned.ThrowIfCancellationRequested();
            try
            {
                await LayerCall.ActivateAsync(path).ConfigureAwait(false);
                return await UndoneAsync(PrepareAsync(), LayerCall.DeactivateAsync).ConfigureAwait(false);
            }
            catch (HcsException e) when (IsTooEarly(e) && attempt < Tries)
            {
                await Task.Delay(PauseMilliseconds, abandoned).ConfigureAwait(false);
            }
        }
    }

    private async Task<string> PrepareAsync()
    {
        await s_turn.WaitAsync(abandoned).ConfigureAwait(false);
        try
        {
            await LayerCall.PrepareAsync(path, parents).ConfigureAwait(false);
        }
        finally
        {
            s_turn.Release();
        }

        return await UndoneAsync(VolumeAsync(), LayerCall.UnprepareAsync).ConfigureAwait(false);
    }

    private async Task<string> VolumeAsync()
    {
        abandoned.ThrowIfCancellationRequested();
        return await LayerCall.GetMountPathAsync(path).ConfigureAwait(false)
            ?? throw new HcsException(nameof(GetLayerMountPath), HResult.PathNotFound);
    }

    /// <summary>Awaits a step; when it fails, undoes the one before it.</summary>
    private async Task<string> UndoneAsync(Task<string> step, Func<string, Task> undo)
    {
        try
        {
            return await step.ConfigureAwait(false);
        }
        catch
        {
            try
            {
                await undo(path).ConfigureAwait(false);
            }
            catch (HcsException)
            {
                // The caller gets the failure that led here.
            }

            throw;
        }
    }

    /// <summary>
    /// True when the disk or its volume is not there yet although the call that attaches it has returned, as on Windows
    /// Server 2019.
    /// </summary>
    private static bool IsTooEarly(HcsException refusal) =>
        refusal.Is(NativeResult.NotReady) || refusal.Is(NativeResult.DeviceNotConnected);
}
