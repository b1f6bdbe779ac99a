using System;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Interop.Local;

/// <summary>
/// A system that was opened by id. The library that created it is not known for certain, and only that library may be
/// able to operate it. A call that one library refuses is tried once more through the other; the library that worked is
/// tried first from then on.
/// </summary>
internal sealed class ForeignContainer : ContainerBase
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Func<LocalApi, ComputeServiceBase> _services;
    private readonly SystemLibraries _libraries;
    private readonly Handle _opened;
    private readonly Handle _other;
    private readonly Lazy<Task<ContainerProperties>> _description;
    private volatile bool _prefersOther;

    /// <param name="container">The opened system.</param>
    /// <param name="library">The library through which it was opened.</param>
    /// <param name="services">The services of both libraries.</param>
    /// <param name="libraries">Remembers which library works.</param>
    internal ForeignContainer(
        ContainerBase container, LocalApi library, Func<LocalApi, ComputeServiceBase> services, SystemLibraries libraries)
        : base(new SystemSignals(container.Id))
    {
        _services = services;
        _libraries = libraries;
        _opened = new Handle(library) { Opening = Task.FromResult(container) };
        _other = new Handle(library == LocalApi.VmCompute ? LocalApi.ComputeCore : LocalApi.VmCompute);
        _description = new Lazy<Task<ContainerProperties>>(container.DescribeAsync);
        Listen(State, container.State, ofOwnCallsOnly: false);
        libraries.ForgetAfterExit(Id, State.Exited);
    }

    private protected override Task StartAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Start, (container, options) => container.StartAsync(options), abandoned);

    private protected override Task ShutdownAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Shutdown, (container, options) => container.ShutdownAsync(options), abandoned);

    private protected override Task TerminateAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Terminate, (container, options) => container.TerminateAsync(options), abandoned);

    private protected override Task PauseAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Pause, (container, options) => container.PauseAsync(options), abandoned);

    private protected override Task ResumeAsync(CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Resume, (container, options) => container.ResumeAsync(options), abandoned);

    private protected override Task SaveAsync(SaveOptions how, CancellationToken abandoned) => CallAsync(
        ComputeOperation.Save, (container, options) => container.SaveAsync(how.SaveStateFilePath!, options), abandoned);

    private protected override Task CrashAsync(CrashOptions how, CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Crash, (container, options) => container.CrashAsync(options), abandoned);

    private protected override Task ModifyAsync(string request, CancellationToken abandoned) =>
        CallAsync(ComputeOperation.Modify, (container, options) => container.ModifyAsync(request, options), abandoned);

    private protected override Task<ContainerProperties> GetPropertiesAsync(
        PropertyQuery query, CancellationToken abandoned) => CallAsync(
            OperationOf(query), (container, options) => container.GetPropertiesAsync(query, options), abandoned);

    private protected override Task<ProcessBase> CreateProcessAsync(
        ProcessConfig config, CancellationToken abandoned) => CallAsync(
            ComputeOperation.CreateProcess,
            async (container, options) =>
                (ProcessBase)await container.CreateProcessAsync(config, options).ConfigureAwait(false),
            abandoned);

    private protected override Task<ProcessBase> OpenProcessAsync(uint processId, CancellationToken abandoned) =>
        CallAsync(
            ComputeOperation.OpenProcess,
            async (container, options) =>
                (ProcessBase)await container.OpenProcessAsync(processId, options).ConfigureAwait(false),
            abandoned);

    private protected override void ExitAwaited() => CheckExit(DescribeByEitherAsync());

    private protected override void Release()
    {
        foreach (Handle handle in new[] { _opened, _other })
        {
            handle.Close();
        }
    }

    private Task CallAsync(
        ComputeOperation operation, Func<ContainerBase, CallOptions, Task> call, CancellationToken abandoned) => CallAsync(
            operation,
            async (container, options) =>
            {
                await call(container, options).ConfigureAwait(false);
                return true;
            },
            abandoned);

    /// <summary>
    /// Makes a call through the library that is expected to know the system, or else through the other. The caller
    /// keeps the deadline: when it stops waiting, the call through the first library ends, and no call through the
    /// other begins.
    /// </summary>
    private async Task<T> CallAsync<T>(
        ComputeOperation operation, Func<ContainerBase, CallOptions, Task<T>> call, CancellationToken abandoned)
    {
        (Handle first, Handle second) = _prefersOther ? (_other, _opened) : (_opened, _other);

        // An id can be used again once its system has ended. A handle that was opened before the attempt to end the
        // system cannot refer to a later one.
        bool ends = operation is ComputeOperation.Shutdown or ComputeOperation.Terminate;
        bool isOpen = !ends || await IsOpenSoonAsync(second, abandoned).ConfigureAwait(false);
        return await EitherLibrary.CallAsync(
            operation,
            new CallOptions(abandoned, Timeout.InfiniteTimeSpan),
            options => OnAsync(first, options),
            async options =>
            {
                if (!isOpen)
                {
                    throw new HcsException(operation.Function(), HResult.SystemNotFound, Id);
                }

                T answer = await OnAsync(second, options).ConfigureAwait(false);
                _prefersOther = second == _other;
                _libraries.Remember(Id, second.Library);
                return answer;
            }).ConfigureAwait(false);

        async Task<T> OnAsync(Handle handle, CallOptions options) =>
            await call(await OpenAsync(handle).ConfigureAwait(false), options).ConfigureAwait(false);
    }

    private async Task<bool> IsOpenSoonAsync(Handle handle, CancellationToken abandoned)
    {
        Task opening = OpenAsync(handle);
        opening.Forget();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
        await Task.WhenAny(opening, Task.Delay(s_patience, over.Token)).ConfigureAwait(false);
        over.Cancel();
        return opening.Status == TaskStatus.RanToCompletion;
    }

    private Task<ContainerBase> OpenAsync(Handle handle) => handle.Open(() => OpenAnewAsync(handle.Library));

    private async Task<ContainerBase> OpenAnewAsync(LocalApi library)
    {
        ContainerBase container = await _services(library).OpenAsync(Id, default).ConfigureAwait(false);
        Task<ContainerProperties> description = container.DescribeAsync();
        if (await AreDifferentAsync(_description.Value, description).ConfigureAwait(false) || State.HasExited)
        {
            container.Close();
            throw new HcsException(ComputeOperation.Open.Function(), HResult.SystemNotFound, Id);
        }

        Listen(State, container.State, ofOwnCallsOnly: true);
        CheckExit(description);
        return container;
    }

    // A library that refuses to describe the system may not report its exit either. The other one is opened then.
    private async Task<ContainerProperties> DescribeByEitherAsync()
    {
        try
        {
            return await _description.Value.ConfigureAwait(false);
        }
        catch (HcsException)
        {
            return await DescribeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// True when the two descriptions are of different systems, because the id was used again. False when that is not
    /// known.
    /// </summary>
    private static async Task<bool> AreDifferentAsync(Task<ContainerProperties> first, Task<ContainerProperties> second)
    {
        string?[] ids = await Task.WhenAll(RuntimeIdAsync(first), RuntimeIdAsync(second)).ConfigureAwait(false);
        return !string.IsNullOrEmpty(ids[0]) && !string.IsNullOrEmpty(ids[1])
            && !string.Equals(ids[0], ids[1], StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string?> RuntimeIdAsync(Task<ContainerProperties> description)
    {
        try
        {
            return (await description.ConfigureAwait(false)).RuntimeId;
        }
        catch (Exception e) when (e is HcsException or HcsDocumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// Forwards the events of one handle. Events that both handles receive come from the one that was opened first.
    /// </summary>
    /// <remarks>
    /// It does not reference the handle: a subscription to its events must not keep it from its finalizer.
    /// </remarks>
    private static void Listen(SystemSignals state, SystemSignals inner, bool ofOwnCallsOnly)
    {
        inner.EventReceived += received =>
        {
            switch (received.Type)
            {
                case ComputeSystemEventType.SystemExited:
                    state.Exit(inner.Exited.Result, received.Document);
                    break;
                case ComputeSystemEventType.ServiceDisconnect:
                    state.Disconnect();
                    break;
                case ComputeSystemEventType.SystemStarted or ComputeSystemEventType.SystemPaused
                    or ComputeSystemEventType.SystemResumed or ComputeSystemEventType.ProcessStarted
                    or ComputeSystemEventType.ProcessExited:
                    state.Report(received);
                    break;
                default:
                    if (!ofOwnCallsOnly)
                    {
                        state.Report(received);
                    }

                    break;
            }
        };

        // A handle receives events from its opening on. Events from before this subscription are lost, so its state is
        // checked.
        if (inner.HasExited)
        {
            state.Exit(inner.Exited.Result, null);
        }
        else if (inner.IsDisconnected)
        {
            state.Disconnect();
        }
    }

    /// <summary>A handle of one library, opened when it is first needed.</summary>
    private sealed class Handle(LocalApi library)
    {
        private readonly object _gate = new();
        private bool _isClosed;

        internal LocalApi Library { get; } = library;

        internal Task<ContainerBase>? Opening { get; set; }

        /// <summary>Opens the handle, or returns the open one. A failed attempt is repeated.</summary>
        internal Task<ContainerBase> Open(Func<Task<ContainerBase>> open)
        {
            lock (_gate)
            {
                return _isClosed
                    ? Task.FromException<ContainerBase>(
                        new HcsException(ComputeOperation.Open.Function(), HResult.InvalidHandle))
                    : Opening is null or { IsFaulted: true } or { IsCanceled: true } ? Opening = open() : Opening;
            }
        }

        internal void Close()
        {
            lock (_gate)
            {
                _isClosed = true;
            }

            Opening?.ContinueWith(
                static opened => opened.Result.Close(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
