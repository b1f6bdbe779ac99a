using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using HcsPowerShell.Contract;
using HcsPowerShell.Contract.Counting;
using Xunit;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// A runspace of the real engine with the staged module, and its own embedded host that ends with it. A test never sees
/// the containers of another. Every host of a session is counted, and the session ends with nothing left.
/// </summary>
public sealed class Session : IDisposable
{
    private readonly Runspace _runspace;
    private readonly List<CountedHost> _connected = [];
    private readonly List<CountedHost> _beside = [];

    public Session()
        : this(connect: true)
    {
    }

    private Session(bool connect, PSHost? program = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        state.ThrowOnRunspaceOpenError = true;
        state.Variables.Add(new SessionStateVariableEntry("PSDefaultParameterValues", Defaults(), null));
        _runspace = program is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(program, state);
        _runspace.Open();
        HostName = "test-" + Guid.NewGuid().ToString("N");
        if (connect)
        {
            Connect($"-Isolation Process -Name {HostName}");
        }
    }

    /// <summary>The name of this session's embedded host.</summary>
    public string HostName { get; }

    public Runspace Runspace => _runspace;

    /// <summary>The calls of the session's host.</summary>
    public CallLedger Ledger => _connected[0].Ledger;

    /// <summary>A session whose engine writes to a host program of the test.</summary>
    public static Session WritingTo(PSHost program) => new(connect: true, program);

    /// <summary>A session that has chosen no host.</summary>
    public static Session WithoutHost() => new(connect: false);

    /// <summary>
    /// Connects an embedded host, which is counted. The test disconnects it, unless it has the name of the session's
    /// host.
    /// </summary>
    /// <param name="arguments">The arguments of Connect-HcsHost; no host of that name exists yet.</param>
    public dynamic Connect(string arguments)
    {
        object host = Single($"Connect-HcsHost -Embedded {arguments} -PassThru");
        _connected.Add(CountedHost.Of(host));
        return host;
    }

    /// <summary>
    /// Returns a second host over the containers of this session's host, with its own counts; it holds no handles yet.
    /// </summary>
    /// <param name="before">Puts a service in front of the service of the session's host.</param>
    /// <param name="kind">The kind that the host reports, if it is another.</param>
    public CountedHost Beside(Func<object, object>? before = null, string? kind = null)
    {
        _beside.Add(_connected[0].Beside(before, kind));
        return _beside[^1];
    }

    /// <summary>Returns a script to which the parameter defaults of the session do not apply.</summary>
    public static string WithoutDefaults(string script) => $"& {{ $PSDefaultParameterValues = @{{}}; {script} }}";

    /// <summary>Returns an id that no other container of this session has.</summary>
    public static string NewId() => "t" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>Creates a container and does not start it.</summary>
    public dynamic NewContainer() => Single("New-HcsContainer $id", ("id", NewId()));

    /// <summary>Creates and starts a container.</summary>
    public dynamic NewRunning() => Single("New-HcsContainer $id -Start", ("id", NewId()));

    /// <summary>Starts a process without pipes.</summary>
    public dynamic StartProcess(object container, params string[] arguments) =>
        Single("Start-HcsProcess $c -CommandArg $a", ("c", container), ("a", arguments));

    /// <summary>Returns the state that the host reports; null if it has no such container.</summary>
    public string? StateOf(string id) => (string?)Get(
        "Get-HcsContainer | Where-Object Id -eq $id | ForEach-Object State", ("id", id)).SingleOrDefault()?.BaseObject;

    /// <summary>Starts a script and returns at once.</summary>
    public RunningScript Begin(string script, params (string Name, object? Value)[] variables)
    {
        SetVariables(variables);
        return new RunningScript(_runspace, script);
    }

    /// <summary>
    /// Runs a script and returns the content of every stream. A terminating error is the last of the errors.
    /// </summary>
    /// <exception cref="TimeoutException">The script did not end within a limit, and was stopped.</exception>
    public ScriptResult Run(string script, params (string Name, object? Value)[] variables)
    {
        SetVariables(variables);
        using var limited = new LimitedShell(_runspace);
        PowerShell shell = limited.Shell;
        shell.AddScript(script);
        PSDataCollection<PSObject> output = [];
        List<ErrorRecord> terminating = [];
        try
        {
            shell.InvokeWithin(output);
        }
        catch (RuntimeException e)
        {
            terminating.Add(e.ErrorRecord);
        }

        PlantedSecret.RequireUntold(shell, terminating);
        return new ScriptResult(
            [.. output],
            [.. shell.Streams.Error, .. terminating],
            [.. shell.Streams.Warning.Select(w => w.Message)],
            [.. shell.Streams.Verbose.Select(v => v.Message)],
            [.. shell.Streams.Progress]);
    }

    /// <summary>Runs a script that must not fail, and returns its output.</summary>
    public IReadOnlyList<PSObject> Get(string script, params (string Name, object? Value)[] variables) =>
        Run(script, variables).RequireNoErrors().Output;

    /// <summary>Runs a script that must not fail, and returns its only output.</summary>
    public dynamic Single(string script, params (string Name, object? Value)[] variables)
    {
        IReadOnlyList<PSObject> output = Get(script, variables);
        return output.Count == 1
            ? output[0].BaseObject
            : throw new XunitException($"{output.Count} objects instead of one: {string.Join(", ", output)}");
    }

    /// <summary>The document from the service that an output object was read from.</summary>
    public string DocumentOf(object output) => (string)Single("$o.Document", ("o", output));

    /// <summary>Requires, after a test, that commands have left only the handles that the module keeps.</summary>
    public void RequireOnlyKept()
    {
        foreach (CountedHost ended in _connected.Where(host => host.HasEnded).ToArray())
        {
            ended.RequireNothingAfterEnd();
            _connected.Remove(ended);
        }

        _connected.ForEach(host => host.RequireOnlyKept());
        _beside.ForEach(host => host.RequireOnlyKept());
    }

    public void Dispose()
    {
        // A runspace with a pipeline that goes on after a stop would not close before the pipeline ends.
        Assert.Equal(RunspaceAvailability.Available, _runspace.RunspaceAvailability);
        Run($"if (Get-HcsHost -All | Where-Object Name -eq '{HostName}') {{ Disconnect-HcsHost {HostName} }}");
        _runspace.Dispose();

        // A service that a test simulates does not end, so the handles that the module keeps of it stay.
        RequireOnlyKept();
        Assert.Empty(_connected);
    }

    /// <summary>
    /// Returns the parameters that every script of the session is given. A query and the start of a process have a
    /// minute: all the tests at once keep the machine so busy that the four seconds they have otherwise can pass.
    /// </summary>
    private static DefaultParameterDictionary Defaults()
    {
        var defaults = new DefaultParameterDictionary();
        foreach (string command in (string[])["Get-HcsContainer", "Get-HcsProcess", "Get-HcsStatistics", "Start-HcsProcess"])
        {
            defaults[command + ":TimeoutSec"] = (int)Waits.Limit.TotalSeconds;
        }

        // It limits the process, too.
        defaults["Invoke-HcsProcess:TimeoutSec"] = (int)Waits.LimitOfProcess.TotalSeconds;

        PlantedSecret.Plant(defaults);
        return defaults;
    }

    private void SetVariables((string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables)
        {
            _runspace.SessionStateProxy.SetVariable(name, value);
        }
    }
}
