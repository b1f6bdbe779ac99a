using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Binding;
using HcsPowerShell.Completion;
using HcsPowerShell.Documents;
using HcsPowerShell.Errors;
using HcsPowerShell.Execution;
using HcsPowerShell.Hosts;
using HcsPowerShell.Interop;
using HcsPowerShell.Jobs;

namespace HcsPowerShell.Base;

/// <summary>
/// The base class of the commands that use a host. It finds the host, and a stop of the command ends its waits.
/// </summary>
public abstract class HcsCommand : PSCmdlet, IDisposable
{
    private const int MostHosts = 32;

    private readonly CommandGuard _guard;
    private readonly CommandRoutes _routes;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TargetWork> _jobs = [];
    private readonly List<TargetWork> _approved = [];
    private readonly FirstToSucceed _first = new();
    private readonly Queue<TargetWork> _waiting = new();
    private PipelineOutput? _pipeline;
    private TargetWorks? _works;
    private Turns? _turns;
    private TargetWorks? _there;
    private Turns? _turnsThere;
    private bool _isHere;
    private HcsHost[] _namedHere = [];

    // None of the hosts that the command names can be used, and each has its error.
    private bool _isRefused;
    private bool _hasTaken;

    private protected HcsCommand()
    {
        _guard = new CommandGuard(this);
        _routes = new CommandRoutes(this);
    }

    /// <summary>
    /// The hosts to use, as objects, by name or as sessions; by default the host chosen with Connect-HcsHost.
    /// </summary>
    [Parameter]
    [Alias("Session")]
    [HostTransformation]
    [ArgumentCompleter(typeof(HostCompleter))]
    public virtual HcsHost[]? HcsHost { get; set; }

    /// <summary>The number of hosts behind sessions that the command runs on at a time.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NotBlank]
    public virtual int ThrottleLimit { get; set; } = MostHosts;

    /// <summary>
    /// The time limit of the command for each target, in seconds; 0 looks once. Without it, each call to the service
    /// has its own limit.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue / 1000)]
    [NotBlank]
    public int? TimeoutSec { get; set; }

    internal CancellationToken StopToken => _stop.Token;

    private protected CommandPreferences Preferences => _guard.Preferences;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// The host of this process that the command names, one after the other when it names several; null for the host in use.
    /// </summary>
    internal HcsHost? NamedHost { get; private set; }

    /// <summary>False for a command that acts on hosts themselves, and so never runs where a host is.</summary>
    private protected virtual bool RunsWhereHostIs => true;

    /// <summary>False for a command that leaves hosts, for which none is connected.</summary>
    private protected virtual bool UsesHosts => true;

    /// <summary>
    /// True for a command that gives each input object to all its targets: it is taken once for the hosts of this process.
    /// </summary>
    internal virtual bool SharesInput => false;

    /// <summary>Writes an object. One of a command that addresses another computer tells its computer in a table.</summary>
    internal new void WriteObject(object? value) => base.WriteObject(value is null ? null : Shown(value));

    private object Shown(object value) => ReachesOut ? ComputerColumn.On(value) : value;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        RequireArguments();
        if (HcsHost is not null && UsesHosts)
        {
            HcsHost = [.. UsableHosts(HcsHost)];
            _isRefused = HcsHost.Length == 0;
        }

        IReadOnlyList<HcsHost> named = HcsHost ?? [];
        _namedHere = [.. named.Where(host => host.Kind != HostKind.Remote)];
        NamedHost = _namedHere.FirstOrDefault();
        _isHere = !_isRefused && (!RunsWhereHostIs || _routes.Begin(named));
        if (_isHere)
        {
            BeginHere();
        }
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (_isRefused)
        {
            return;
        }

        OnEach(RunsWhereHostIs ? Route() : [null], () =>
        {
            _hasTaken = true;
            RunHere(ProcessHere);
        });
    }

    /// <summary>
    /// Does work for each host of this process that has a part in the command line. The parameters hold that part
    /// meanwhile.
    /// </summary>
    private protected void OnEachHost(Action work) => OnEach(_routes.OfLine(), work);

    private void OnEach(IEnumerable<HcsHost?> hosts, Action work)
    {
        HcsHost? first = NamedHost;
        foreach (HcsHost? host in hosts)
        {
            NamedHost = host ?? first;
            work();
        }

        NamedHost = first;
    }

    /// <summary>The hosts of this process that have a part in the input. The parts of other computers are sent first.</summary>
    private IEnumerable<HcsHost?> Route()
    {
        IEnumerator<HcsHost?> here = _routes.Take().GetEnumerator();
        bool isHere = here.MoveNext();
        SendThere();
        for (; isHere; isHere = here.MoveNext())
        {
            yield return here.Current;
        }
    }

    /// <inheritdoc cref="CommandGuard.RequireArguments"/>
    private protected virtual void RequireArguments() => _guard.RequireArguments();

    /// <summary>Begins the command for the hosts of this process.</summary>
    private protected virtual void BeginHere()
    {
    }

    /// <summary>Processes one input object, or the command line, for the hosts of this process.</summary>
    private protected virtual void ProcessHere()
    {
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Releases the stop signal.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pipeline?.Dispose();
            _stop.Dispose();
        }
    }

    /// <inheritdoc cref="CommandGuard.Run"/>
    internal void Guard(string attempt, object? target, Action work) => _guard.Run(attempt, target, work);

    /// <inheritdoc cref="CommandGuard.Approve"/>
    private protected bool Approve(object target, string action) => _guard.Approve(target, action);

    /// <inheritdoc cref="CommandGuard.Confirm"/>
    private protected bool Confirm(string question, string caption, string failure, object target) =>
        _guard.Confirm(question, caption, failure, target);

    /// <summary>Asks for confirmation before something of another product is ended or removed.</summary>
    /// <param name="kind">The kind of the thing, such as container.</param>
    /// <param name="name">Its name.</param>
    /// <param name="owner">Its owner; null or empty when that is not known.</param>
    /// <param name="action">The action, as the question names it.</param>
    /// <param name="attempt">The attempt, as in "Cannot {stop} container 'web'".</param>
    /// <param name="target">The target of the question, as the error shows it.</param>
    private protected bool ConfirmForeign(
        string kind, string name, string? owner, string action, string attempt, object target)
    {
        if (string.Equals(owner, ContainerDraft.DefaultOwner, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        string whose = string.IsNullOrEmpty(owner) ? "an unknown owner" : $"owner '{owner}'";
        return Confirm(
            $"{char.ToUpperInvariant(kind[0])}{kind.Substring(1)} '{name}' belongs to {whose}, not to HcsPowerShell. {action} it?",
            $"{action} another product's {kind}",
            $"Cannot {attempt} {kind} '{name}': it belongs to {whose}, and this session cannot ask.",
            target);
    }

    /// <summary>True when the user has given -Confirm:$false, so that a question of the command itself is not asked.</summary>
    private protected bool IsToldNotToAsk =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm)
        && confirm is SwitchParameter { IsPresent: false };

    /// <summary>
    /// Writes a document to the verbose stream, with its secrets masked; does nothing when verbose output is not read.
    /// </summary>
    private protected void WriteVerboseDocument(string document, Type type)
    {
        if (Preferences.VerboseIsRead)
        {
            WriteVerbose("Document: " + SecretMask.Show(document, type));
        }
    }

    internal HcsHost ResolveHost()
    {
        if (NamedHost is not null)
        {
            return RequireHere(NamedHost);
        }

        HcsHost host = HcsHosts.Current(out bool isDefault);
        if (isDefault)
        {
            Announce(host);
        }

        return host;
    }

    /// <summary>The hosts of this process that the command names; the host in use when it names none.</summary>
    private protected IEnumerable<HcsHost> HostsHere() =>
        _namedHere.Length > 0 ? _namedHere.Select(RequireHere) : [ResolveHost()];

    /// <exception cref="OtherComputerException">The host does not belong to this process.</exception>
    internal HcsHost RequireHere(HcsHost host) => host.Elsewhere is null
        ? HcsHosts.Use(host)
        : throw new OtherComputerException(
            $"host '{host}'", host.Elsewhere, TypedLine.Of(MyInvocation, string.Empty), "Get-HcsHost -All");

    /// <summary>
    /// True when the command may act on an object. It is an error when the object comes from a host outside this
    /// process, or from another host than the command names.
    /// </summary>
    /// <param name="home">The host that the object came from.</param>
    /// <param name="attempt">The attempt, as the error message names it.</param>
    /// <param name="value">The target of the attempt, as the error shows it.</param>
    /// <param name="parameters">The parameters that name the target on its own host.</param>
    /// <param name="look">A command that shows the object with the same id in this process.</param>
    internal bool MayUse(HcsHost home, string attempt, object value, string parameters, string look)
    {
        Exception? refusal =
            home.Elsewhere is { } place ? Refusal("it", place)
            : NamedHost is null || _namedHere.Contains(home) ? null
            : NamedHost.Elsewhere is { } other ? Refusal($"host '{NamedHost}'", other)
            : home.HasEnded ? Refusal("it", Elsewhere.Ended(home.Name))
            : new HostMismatchException($"Cannot {attempt}: it lives on host '{home}', not on '{NamedHost}'.");
        if (refusal is not null)
        {
            Guard(attempt, value, () => throw refusal);
        }

        return refusal is null;

        OtherComputerException Refusal(string subject, Elsewhere where) =>
            new(subject, where, TypedLine.Of(MyInvocation, parameters), look);
    }

    /// <summary>True when the command runs as a job, with one child job for each target.</summary>
    private protected virtual bool WantsJob => false;

    /// <summary>The number of targets that the command acts on at a time; null means one, or all in a job.</summary>
    private protected virtual int? MostAtOnce => null;

    /// <summary>
    /// True for work that lasts as long as its target. All of it starts at the end of the input, and its objects are
    /// written as they occur.
    /// </summary>
    private protected virtual bool LastsAsTarget => false;

    /// <summary>
    /// The progress activity: of all targets together for work that lasts as long as its target, otherwise of each target
    /// while it is worked on. Null shows no progress.
    /// </summary>
    private protected virtual string? Activity => null;

    /// <summary>
    /// True when the first success ends the work on all targets that were opened at once, also in a job.
    /// </summary>
    private protected virtual bool EndsWithFirst => false;

    private protected PipelineOutput Pipeline => _pipeline ??= new PipelineOutput(this, Shown, Preferences, StopToken);

    private TargetWorks Works => _works ??= new TargetWorks(this, Preferences, Pipeline, inOrder: !LastsAsTarget);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        // Input without an object is still the end of the input of the processes that the command names.
        if (SharesInput && !_isRefused && _routes.TakeLine())
        {
            _hasTaken = true;
            SendThere();
        }

        foreach (HostCall call in _routes.Calls)
        {
            call.End();
        }

        // A command whose whole input was for other computers has nothing to say here.
        if (_isHere && (_hasTaken || _routes.Calls.Count == 0))
        {
            RunHere(EndHere);
        }

        FinishThere();
        if (_jobs.Count > 0)
        {
            WriteObject(HcsJob.Start(this, Preferences.ErrorsStop, _jobs));
        }
    }

    /// <summary>Ends the command for the hosts of this process.</summary>
    private protected virtual void EndHere()
    {
        BeginApproved();
        if (LastsAsTarget)
        {
            BeginLasting();
        }
        else if (_works is { } works)
        {
            Guard("finish", null, () => works.WriteUntilFewerThan(1));
        }
    }

    /// <summary>The hosts, of which those behind a session are connected. One that cannot be is an error.</summary>
    private protected IReadOnlyList<HcsHost> UsableHosts(IEnumerable<HcsHost> named)
    {
        List<HcsHost> hosts = [];
        foreach (HcsHost host in named)
        {
            Guard($"use host '{host}'", host, () =>
            {
                HcsHost used = host;
                if (host is { Session: { } session, IsUnused: true })
                {
                    Pipeline.Run(async (output, stop) =>
                        used = await HostConnection.MakeAsync(session, host.Name, output, stop).ConfigureAwait(false));
                }

                hosts.Add(HcsHosts.Use(used));
            });
        }

        return [.. hosts.Distinct()];
    }

    /// <summary>
    /// Sends what was gathered for hosts behind sessions to their commands, and begins those that have not begun. It does not
    /// wait: a command before this one in the pipeline may have the session.
    /// </summary>
    private void SendThere()
    {
        foreach (HostCall call in _routes.Calls)
        {
            if (call.MayGo is null)
            {
                Prepare(call);
                call.MayGo = MayGo(call);
                if (call.MayGo == true)
                {
                    Queue(call);
                }
            }
            else if (call.MayGo == true && RefusalThere(call) is { } refusal)
            {
                Guard($"run {call.Command} on host '{call.Host}'", call.Host, () => throw refusal);
                call.Drop();
            }

            call.Send();
        }

        WriteThere(toEnd: false);
    }

    /// <summary>Begins the commands on hosts behind sessions, as many as may run, and writes what they have written.</summary>
    /// <param name="toEnd">True to wait until all of them have ended.</param>
    private protected void WriteThere(bool toEnd)
    {
        if (_there is null)
        {
            return;
        }

        Guard("finish", null, () =>
        {
            BeginWaiting();
            while (toEnd && _waiting.Count > 0)
            {
                _there.WriteUntilFewerThan(MostThere);
                BeginWaiting();
            }

            _there.WriteUntilFewerThan(toEnd ? 1 : int.MaxValue);
        });

        void BeginWaiting()
        {
            while (_waiting.Count > 0 && _there.Count < MostThere)
            {
                _there.Begin(_waiting.Dequeue());
            }
        }
    }

    /// <summary>Waits for the commands on hosts behind sessions.</summary>
    private protected virtual void FinishThere() => WriteThere(toEnd: true);

    // When the pipeline ends early, as by Select-Object -First, the sessions are free for the next command.
    private void RunHere(Action work)
    {
        bool isStopped = true;
        try
        {
            work();
            isStopped = false;
        }
        finally
        {
            if (isStopped)
            {
                StopThere();
            }
        }
    }

    /// <summary>Stops the commands on hosts behind sessions that still run.</summary>
    private protected void StopThere() => _there?.Stop();

    /// <summary>True for a command that addresses another computer.</summary>
    private protected bool ReachesOut => _routes.ReachesOut;

    /// <summary>The number of commands on hosts behind sessions that run.</summary>
    private protected int RunningThere => _waiting.Count + (_there?.Count ?? 0);

    // One that lasts would never make room for another, so that only the user limits these.
    private int MostThere =>
        MyInvocation.BoundParameters.ContainsKey(nameof(ThrottleLimit)) ? ThrottleLimit
        : LastsAsTarget ? int.MaxValue
        : MostHosts;

    private void Queue(HostCall call)
    {
        bool isJob = WantsJob && !Preferences.IsWhatIf;
        var run = new HostRun(
            call, MyInvocation.ExpectingInput, LastsAsTarget || isJob || call.Receive is not null, ScreenOf(call.Host));
        var work = new TargetWork(
            call.Host.Name,
            (output, stop) => EndsWithFirst
                ? _first.RunAsync(over => run.RunAsync(output, over), stop)
                : run.RunAsync(output, stop))
        {
            Computer = call.Host.Session!.Computer,
            ShowsComputer = true,
        };
        if (isJob)
        {
            _jobs.Add((_turnsThere ??= new Turns(MostThere)).Queue(work));
            return;
        }

        // Objects are written as they come: a slow host does not hold up the others.
        _there ??= new TargetWorks(this, Preferences, Pipeline, inOrder: false);
        _waiting.Enqueue(work);
    }

    /// <summary>
    /// Adds what the user has chosen here to the arguments of a command for another computer. False when the command may
    /// not go, which is an error, and when the user does not want it to.
    /// </summary>
    /// <remarks>
    /// -WhatIf goes along, because only the host knows what would happen. A question is asked here: a session that serves
    /// another asks none.
    /// </remarks>
    private bool MayGo(HostCall call)
    {
        string name = MyInvocation.MyCommand.Name;
        string attempt = $"run {name} on host '{call.Host}'";
        if (RefusalThere(call) is { } refusal)
        {
            Guard(attempt, call.Host, () => throw refusal);
            return false;
        }

        AddIf(Preferences.VerboseIsRead, "Verbose", true);
        AddIf(Preferences.DebugIsRead, "Debug", true);
        AddIf(Preferences.ErrorsStop, "ErrorAction", nameof(ActionPreference.Stop));
        CmdletAttribute own = GetType().GetCustomAttribute<CmdletAttribute>()!;
        if (!own.SupportsShouldProcess)
        {
            return true;
        }

        bool asks = Preferences.Confirms;
        AddIf(Preferences.IsWhatIf, "WhatIf", true);
        AddIf(IsToldNotToAsk || (asks && own.ConfirmImpact == ConfirmImpact.High), "Confirm", false);
        return !asks || Approve($"host '{call.Host}' on computer '{call.Host.Session!.Computer}'", name);

        void AddIf(bool condition, string parameter, object value)
        {
            if (condition)
            {
                call.Arguments[parameter] = value;
            }
        }
    }

    /// <summary>Changes a command before it goes to another computer.</summary>
    private protected virtual void Prepare(HostCall call)
    {
    }

    /// <summary>The reason why a command cannot go to another computer; null when it can.</summary>
    private protected virtual Exception? RefusalThere(HostCall call) =>
        ReadsFiles && call.FileOfHere is { } path
            ? NotOverRemotingException.ReadsFile(call.Host, MyInvocation.MyCommand.Name, path)
            : null;

    /// <summary>True for a command that reads documents from files of this computer.</summary>
    private protected virtual bool ReadsFiles => false;

    // Only the thread of the pipeline may write to the screen.
    private Action<string>? ScreenOf(HcsHost host) => WantsJob && !Preferences.IsWhatIf
        ? null
        : line => Pipeline.Write(() => Host.UI.WriteLine($"[{host}] {line}"));

    /// <summary>
    /// Accepts work for a target. The work starts after the user has confirmed all targets of one input object.
    /// </summary>
    /// <param name="attempt">The attempt, as in "Cannot {start container 'web'}".</param>
    /// <param name="target">The target of the attempt, as its errors show it.</param>
    /// <param name="work">The work.</param>
    /// <param name="name">The name of the child job, when it is not the target.</param>
    private protected void Dispatch(
        string attempt, object target, Func<ICommandOutput, Deadline, Task> work, string? name = null)
    {
        int? seconds = TimeoutSec;
        string shown = name ?? target.ToString()!;
        string? activity = LastsAsTarget ? null : Activity;
        Func<ICommandOutput, Action<EndedCall>?> listener = CallRecords.Listener(Preferences);
        _approved.Add(new TargetWork(shown, async (output, stop) =>
        {
            using var progress = new WorkProgress(output, activity, shown, stop);
            await GuardAsync(attempt, target, output, new Deadline(seconds, stop) { Ended = listener(output) }, work)
                .ConfigureAwait(false);
        }));
    }

    /// <summary>
    /// The same for work on an object that is opened now and not when the work starts, so that the work misses nothing
    /// in between. A failure to open it is an error now, or a failed child of the job.
    /// </summary>
    private protected void Dispatch<T>(
        string attempt,
        object target,
        Func<Deadline, Task<T>> open,
        Func<T, ICommandOutput, Deadline, Task> work,
        string? name = null) =>
        GuardWithin(attempt, target, begun =>
        {
            Task<T> opening = begun.RunAsync(open);
            Settle(opening);
            if (!WantsJob)
            {
                Await(opening);
            }

            TimeSpan? left = begun.Left;
            Func<ICommandOutput, Action<EndedCall>?> listener = CallRecords.Listener(Preferences);
            _approved.Add(new TargetWork(name ?? target.ToString()!, (output, stop) => GuardAsync(
                attempt,
                target,
                output,
                begun.ContinueWith(left, stop).Telling(listener(output)),
                async (o, deadline) =>
                {
                    T opened = await opening.ConfigureAwait(false);
                    await (EndsWithFirst
                        ? _first.RunAsync(
                            async over =>
                            {
                                await work(opened, o, deadline.Continue(over)).ConfigureAwait(false);
                                return true;
                            },
                            deadline.Stop)
                        : work(opened, o, deadline)).ConfigureAwait(false);
                })));
        });

    /// <summary>Starts the accepted work: in this pipeline, a limited number at a time, or later as a job.</summary>
    private protected void BeginApproved()
    {
        if (_approved.Count == 0 || (LastsAsTarget && !WantsJob))
        {
            return;
        }

        TargetWork[] approved = [.. _approved.Select(work => work with { ShowsComputer = ReachesOut })];
        _approved.Clear();
        if (WantsJob)
        {
            _turns ??= MostAtOnce is { } most ? new Turns(most) : null;
            _jobs.AddRange(_turns is { } turns ? approved.Select(turns.Queue) : approved);
            return;
        }

        Guard("begin", null, () =>
        {
            foreach (TargetWork work in approved)
            {
                Works.Begin(work);
                Works.WriteUntilFewerThan(MostAtOnce ?? 1);
            }
        });
    }

    private void BeginLasting()
    {
        if (_approved.Count == 0)
        {
            return;
        }

        Guard("finish", null, () =>
        {
            _approved.ForEach(Works.Begin);
            using var progress = new WaitProgress(Pipeline, Activity, _approved.Count, StopToken);
            _approved.Clear();
            Works.WriteUntilFewerThan(1, () => progress.Report(Works.Count, Works.Names));
        });
    }

    /// <summary>Runs work and writes its failure to the output as an error.</summary>
    private static async Task GuardAsync(
        string attempt,
        object? target,
        ICommandOutput output,
        Deadline deadline,
        Func<ICommandOutput, Deadline, Task> work)
    {
        try
        {
            await deadline.RunAsync(begun => work(output, begun)).ConfigureAwait(false);
        }
        catch (Exception e) when (CommandGuard.IsTargetFailure(e))
        {
            output.Error(HcsErrors.From(e, attempt, target));
        }
    }

    /// <summary>
    /// Guards work on the pipeline thread that calls the service, within the time limit of the command.
    /// </summary>
    internal void GuardWithin(string attempt, object? target, Action<Deadline> work) =>
        Guard(attempt, target, () =>
        {
            ConcurrentQueue<EndedCall>? ended = CallRecords.AreRead(Preferences) ? new() : null;
            try
            {
                new Deadline(TimeoutSec, StopToken) { Ended = ended is null ? null : ended.Enqueue }.RunAsync(deadline =>
                {
                    work(deadline);
                    return Task.CompletedTask;
                }).GetAwaiter().GetResult();
            }
            finally
            {
                // A call ends on any thread, and only this one may write.
                while (ended?.TryDequeue(out EndedCall call) == true)
                {
                    CallRecords.Write(
                        call,
                        Preferences.VerboseIsRead ? WriteVerbose : null,
                        Preferences.DebugIsRead ? WriteDebug : null);
                }
            }
        });

    private protected void Await(Task task)
    {
        Settle(task);
        task.GetAwaiter().GetResult();
    }

    internal T Await<T>(Task<T> task)
    {
        Settle(task);
        return task.GetAwaiter().GetResult();
    }

    private protected void Settle(Task task)
    {
        if (!task.IsCompleted)
        {
            Task.WhenAny(task).Wait(StopToken);
        }
    }

    private void Announce(HcsHost host) => WriteWarning(
        $"There is no Host Compute Service here: using the embedded host '{host.Name}' inside this PowerShell process. "
        + "Containers live in it and end with it. Connect-HcsHost chooses a host; $env:HCS_HOST = 'embedded' chooses this "
        + "one without a warning.");
}
