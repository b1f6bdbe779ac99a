using System;
using System.Threading;
using System.Threading.Tasks;

namespace HcsPowerShell.Embedded.Faults;

/// <summary>What ties handles to the service: when it is lost they are dead, and another one serves what comes later.</summary>
internal sealed class ServiceConnection
{
    private readonly TaskCompletionSource<bool> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Raised before anybody learns of it in another way.</summary>
    public event Action? Losing;

    public bool IsLost => _lost.Task.IsCompleted;

    /// <summary>The service disconnects: what waits for it fails.</summary>
    public void Lose()
    {
        Losing?.Invoke();
        _lost.TrySetResult(true);
    }

    /// <summary>The host ends: what it still has to tell it tells itself, and pauses are over.</summary>
    public void End() => _ended.TrySetResult(true);

    /// <summary>Awaits what the service does, as long as it is there.</summary>
    public Task<T> HoldAsync<T>(Task<T> task, Func<Exception> lost) => task.IsCompleted ? task : AwaitAsync(task, lost);

    /// <summary>Lets time pass, as long as the service is there.</summary>
    public async Task PauseAsync(TimeSpan time, Func<Exception> lost, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task pause = Task.Delay(time, over.Token);
        Task first = await Task.WhenAny(pause, _lost.Task, _ended.Task).ConfigureAwait(false);
        over.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        if (first != pause)
        {
            throw lost();
        }
    }

    private async Task<T> AwaitAsync<T>(Task<T> task, Func<Exception> lost)
    {
        await Task.WhenAny(task, _lost.Task).ConfigureAwait(false);
        return task.IsCompleted ? await task.ConfigureAwait(false) : throw lost();
    }
}
