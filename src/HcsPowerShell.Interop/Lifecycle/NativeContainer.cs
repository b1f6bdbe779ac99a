using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>What both libraries have in common of a system; a library adds its calls.</summary>
/// <remarks>
/// The calls of a library take no token: once made they run to their end and close what they opened, whether or not
/// anybody still waits.
/// </remarks>
internal abstract class NativeContainer : IContainer
{
    private static readonly TimeSpan s_graceForEvent = TimeSpan.FromSeconds(1);

    private readonly bool _opened;
    private int _unchecked;
    private int _closed;
    private volatile bool _startAsked;

    /// <param name="state">Where callbacks write what they hear.</param>
    /// <param name="opened">True for a system that was opened by id and may have exited before its callback was set.
    /// </param>
    private protected NativeContainer(SystemState state, bool opened)
    {
        State = state;
        _opened = opened;
        _unchecked = opened ? 1 : 0;
    }

    public event Action<ComputeSystemEvent>? EventReceived
    {
        add => State.EventReceived += value;
        remove => State.EventReceived -= value;
    }

    public string Id => State.Id;

    public Task<SystemExitStatus> Exited
    {
        get
        {
            if (Interlocked.Exchange(ref _unchecked, 0) != 0)
            {
                CheckExitAsync().Forget();
            }

            return State.Exited;
        }
    }

    protected SystemState State { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _startAsked = true;
        return Cancellable.RunAsync(StartAsync, cancellationToken);
    }

    public Task ShutdownAsync(CancellationToken cancellationToken) =>
        Cancellable.RunAsync(() => EndAsync(ShutdownAsync), cancellationToken);

    public Task TerminateAsync(CancellationToken cancellationToken) =>
        Cancellable.RunAsync(() => EndAsync(TerminateAsync), cancellationToken);

    public Task PauseAsync(CancellationToken cancellationToken) => Cancellable.RunAsync(PauseAsync, cancellationToken);

    public Task ResumeAsync(CancellationToken cancellationToken) => Cancellable.RunAsync(ResumeAsync, cancellationToken);

    public Task ModifyAsync(string request, CancellationToken cancellationToken) =>
        Cancellable.RunAsync(() => ModifyAsync(request), cancellationToken);

    public async Task<ContainerProperties> GetPropertiesAsync(
        PropertyQuery query, CancellationToken cancellationToken)
    {
        string? properties = await Cancellable.RunAsync(
            () => GetPropertiesAsync(HcsJson.Write(query)), cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(properties))
        {
            throw new HcsException(PropertiesFunction, HResult.InvalidData, Id);
        }

        ContainerProperties read = HcsJson.Read<ContainerProperties>(properties!);
        return TellsStateOfStarted || (!_opened && !_startAsked) ? UnstartedState.Fill(read) : read;
    }

    public async Task<IProcess> CreateProcessAsync(ProcessConfig config, CancellationToken cancellationToken) =>
        await Cancellable.RunAsync(
            () => StartProcessAsync(ConsoleRules.Apply(config)), cancellationToken, CloseWhenOpened)
            .ConfigureAwait(false);

    public async Task<IProcess> OpenProcessAsync(uint processId, CancellationToken cancellationToken) =>
        await Cancellable.RunAsync(() => OpenProcessAsync(processId), cancellationToken, CloseWhenOpened)
            .ConfigureAwait(false);

    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            State.Close();
            CloseHandle();
        }
    }

    private protected abstract string PropertiesFunction { get; }

    /// <summary>The library tells the state of every system that was started.</summary>
    private protected abstract bool TellsStateOfStarted { get; }

    private protected abstract Task StartAsync();

    private protected abstract Task ShutdownAsync();

    private protected abstract Task TerminateAsync();

    private protected abstract Task PauseAsync();

    private protected abstract Task ResumeAsync();

    private protected abstract Task ModifyAsync(string request);

    private protected abstract Task<string?> GetPropertiesAsync(string query);

    private protected abstract Task<NativeProcess> StartProcessAsync(ProcessConfig config);

    private protected abstract Task<NativeProcess> OpenProcessAsync(uint processId);

    /// <summary>Closes the native handles, callback first where the library asks for that.</summary>
    private protected abstract void CloseHandle();

    /// <summary>What has stopped already needs no stopping; every other refusal is told.</summary>
    private async Task EndAsync(Func<Task> end)
    {
        if (State.Exited.Status == TaskStatus.RanToCompletion)
        {
            return;
        }

        try
        {
            await end().ConfigureAwait(false);
        }
        catch (HcsException e) when (e.Is(HResult.SystemAlreadyStopped) || e.Is(HResult.SystemNotFound))
        {
        }
    }

    private static void CloseWhenOpened(Task<NativeProcess> opening) => opening.ContinueWith(
        static t => t.Result.Close(),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion,
        TaskScheduler.Default);

    // Whether the exit of a system is told to a callback set after it is not documented, so it is asked for once.
    private async Task CheckExitAsync()
    {
        SystemExitStatus found;
        try
        {
            ContainerProperties properties = await GetPropertiesAsync(new PropertyQuery(), CancellationToken.None)
                .ConfigureAwait(false);
            if (!properties.Stopped && properties.State != "Stopped")
            {
                return;
            }

            found = new SystemExitStatus { ExitType = properties.ExitType };
        }
        catch (HcsException e) when (e.Is(HResult.SystemAlreadyStopped) || e.Is(HResult.SystemNotFound))
        {
            found = new SystemExitStatus { Status = e.HResult };
        }
        catch (Exception e) when (e is HcsException or HcsDocumentException)
        {
            // Asking was a precaution; the event is still awaited.
            return;
        }

        // The event may be on its way, and it knows more.
        await Task.Delay(s_graceForEvent).ConfigureAwait(false);
        State.Exit(found, null);
    }
}
