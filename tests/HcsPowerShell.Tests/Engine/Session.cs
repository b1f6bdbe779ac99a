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

    public Session(bool connect = true)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        state.ThrowOnRunspaceOpenError = true;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        HostName = "test-" + Guid.NewGuid().ToString("N");
        if (connect)
        {
            Run($"Connect-HcsHost -Embedded -Name {HostName}").RequireNoErrors();
        }
    }

    /// <summary>Name of this session's embedded host.</summary>
    public string HostName { get; }

    public Runspace Runspace => _runspace;

    /// <summary>Runs a script and keeps what every stream got. A terminating error is the last of the errors.</summary>
    public ScriptResult Run(string script, params (string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables)
        {
            _runspace.SessionStateProxy.SetVariable(name, value);
        }

        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        List<PSObject> output = [];
        List<ErrorRecord> terminating = [];
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating.Add(e.ErrorRecord);
        }

        return new ScriptResult(
            output,
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
}
