using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Xunit.Sdk;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// A runspace of the real engine with the staged module, and an embedded host of its own that ends with it. Containers
/// of one test are never seen by another.
/// </summary>
public sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    public Session()
        : this(connect: true)
    {
    }

    private Session(bool connect)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        state.ThrowOnRunspaceOpenError = true;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        HostName = "test-" + Guid.NewGuid().ToString("N");
        if (connect)
        {
            Run($"Connect-HcsHost -Embedded -Isolation Process -Name {HostName}").RequireNoErrors();
        }
    }

    /// <summary>Name of this session's embedded host.</summary>
    public string HostName { get; }

    public Runspace Runspace => _runspace;

    /// <summary>A session that has chosen no host.</summary>
    public static Session WithoutHost() => new(connect: false);

    /// <summary>An id no other container of this session has.</summary>
    public static string NewId() => "t" + Guid.NewGuid().ToString("N")[..8];

    /// <summary>A container that was created and not started.</summary>
    public dynamic NewContainer() => Single("New-HcsContainer $id", ("id", NewId()));

    /// <summary>A container that runs.</summary>
    public dynamic NewRunning() => Single("New-HcsContainer $id -Start", ("id", NewId()));

    /// <summary>Starts a process without pipes.</summary>
    public dynamic StartProcess(object container, params string[] arguments) =>
        Single("Start-HcsProcess $c -CommandArg $a", ("c", container), ("a", arguments));

    /// <summary>The state the host reports; null when it has no such container.</summary>
    public string? StateOf(string id) => (string?)Get(
        "Get-HcsContainer | Where-Object Id -eq $id | ForEach-Object State", ("id", id)).SingleOrDefault()?.BaseObject;

    /// <summary>Starts a script and comes back at once.</summary>
    public RunningScript Begin(string script, params (string Name, object? Value)[] variables)
    {
        SetVariables(variables);
        return new RunningScript(_runspace, script);
    }

    /// <summary>Runs a script and keeps what every stream got. A terminating error is the last of the errors.</summary>
    /// <exception cref="TimeoutException">It did not end within a limit, and was stopped.</exception>
    public ScriptResult Run(string script, params (string Name, object? Value)[] variables)
    {
        SetVariables(variables);
        using var shell = PowerShell.Create(_runspace);
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

        return new ScriptResult(
            [.. output],
            [.. shell.Streams.Error, .. terminating],
            [.. shell.Streams.Warning.Select(w => w.Message)],
            [.. shell.Streams.Verbose.Select(v => v.Message)],
            [.. shell.Streams.Progress]);
    }

    /// <summary>Runs a script that must not fail, and gives its output.</summary>
    public IReadOnlyList<PSObject> Get(string script, params (string Name, object? Value)[] variables) =>
        Run(script, variables).RequireNoErrors().Output;

    /// <summary>Runs a script that must not fail, and gives its only output.</summary>
    public dynamic Single(string script, params (string Name, object? Value)[] variables)
    {
        IReadOnlyList<PSObject> output = Get(script, variables);
        return output.Count == 1
            ? output[0].BaseObject
            : throw new XunitException($"{output.Count} objects instead of one: {string.Join(", ", output)}");
    }

    public void Dispose()
    {
        Run($"if (Get-HcsHost -All | Where-Object Name -eq '{HostName}') {{ Disconnect-HcsHost {HostName} }}");
        _runspace.Dispose();
    }

    private void SetVariables((string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables)
        {
            _runspace.SessionStateProxy.SetVariable(name, value);
        }
    }
}
