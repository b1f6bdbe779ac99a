using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Base class of a system that is operated through either Windows library. Documents are text, and the exit
/// notification may be missed.
/// </summary>
/// <remarks>HCS cannot cancel a call, so no call looks at its token.</remarks>
/// <param name="state">The state that callbacks write to.</param>
/// <param name="opened">
/// True for a system that was opened by id and may have exited before its callback was set.
/// </param>
internal abstract class NativeContainer(SystemSignals state, bool opened) : ContainerBase(state)
{
    private volatile bool _startAsked;

    /// <summary>True when the library reports the state of every system that was started.</summary>
    private protected abstract bool TellsStateOfStarted { get; }

    private protected abstract Task StartSystemAsync();

    private protected abstract Task<string?> GetPropertiesAsync(string query);

    /// <summary>Closes the native handles; the callback first where the library requires that.</summary>
    private protected abstract void CloseHandle();

    private protected sealed override Task StartAsync(CancellationToken abandoned)
    {
        _startAsked = true;
        return StartSystemAsync();
    }

    private protected sealed override async Task<ContainerProperties> GetPropertiesAsync(
        PropertyQuery query, CancellationToken abandoned)
    {
        string? properties = await GetPropertiesAsync(HcsJson.Write(query)).ConfigureAwait(false);
        ContainerProperties read = AnswerDocument.Read<ContainerProperties>(
            ComputeOperation.Properties.Function(), Id, properties);
        return TellsStateOfStarted || (!opened && !_startAsked) ? UnstartedState.Fill(read) : read;
    }

    private protected sealed override void ExitAwaited()
    {
        if (opened)
        {
            CheckExit(DescribeAsync());
        }
    }

    private protected sealed override void Release()
    {
        State.Waits.EndAll(HResult.InvalidHandle, forEver: true);
        CloseHandle();
    }
}
