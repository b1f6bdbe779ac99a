using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using HcsPowerShell.Benchmarks.Measuring;
using HcsPowerShell.Benchmarks.Native;

namespace HcsPowerShell.Benchmarks.Engine;

/// <summary>A runspace of the real engine with the staged module, on a separate host.</summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;
    private readonly bool _ownsHost;

    /// <param name="host">The parameters of Connect-HcsHost.</param>
    public ModuleSession(params (string Name, object Value)[] host)
        : this(() => { }, ownsHost: true, host)
    {
    }

    private ModuleSession(Action imported, bool ownsHost, params (string Name, object Value)[] host)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Modules.Staged]);
        state.ThrowOnRunspaceOpenError = true;
        _runspace = RunspaceFactory.CreateRunspace(state);

        // As in a console, no command starts a thread.
        _runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace.Open();
        imported();
        _ownsHost = ownsHost;
        Run("Connect-HcsHost", host);
    }

    /// <summary>The runspace, for what runs beside the pipeline of another one.</summary>
    public Runspace Runspace => _runspace;

    /// <summary>A session on an embedded host with real containers.</summary>
    /// <param name="ownsHost">False for one more session on the host that another one ends.</param>
    /// <exception cref="MissingException">The machine has none.</exception>
    public static ModuleSession Oci(bool ownsHost = true)
    {
        if (Environment.UserName != "root" || !File.Exists("/usr/sbin/runc"))
        {
            throw new MissingException("needs root and the package runc");
        }

        return new ModuleSession(() => { }, ownsHost, ("Embedded", true), ("Isolation", "Oci"));
    }

    /// <summary>A session on the mocks of the native libraries.</summary>
    /// <exception cref="MissingException">The mocks are not built.</exception>
    public static ModuleSession Native() => new(MockLibrary.Use, ownsHost: true, ("Local", true), ("Api", "ComputeCore"));

    /// <summary>One more session on the mocks that another one uses, and for longer.</summary>
    public static ModuleSession BesideNative() => new(() => { }, ownsHost: false, ("Local", true), ("Api", "ComputeCore"));

    /// <summary>Runs one command, which must not fail.</summary>
    public IReadOnlyList<PSObject> Run(string command, params (string Name, object Value)[] parameters) =>
        Run(shell => shell.AddCommand(command), parameters);

    /// <summary>Runs a script, which must not fail.</summary>
    public IReadOnlyList<PSObject> RunScript(string script, params (string Name, object Value)[] parameters) =>
        Run(shell => shell.AddScript(script), parameters);

    private IReadOnlyList<PSObject> Run(Action<PowerShell> command, (string Name, object Value)[] parameters)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        command(shell);
        foreach ((string name, object value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        IReadOnlyList<PSObject> output = shell.Invoke();
        return shell.HadErrors ? throw new InvalidOperationException(shell.Streams.Error[0].ToString()) : output;
    }

    public void Dispose()
    {
        if (_ownsHost)
        {
            Run("Disconnect-HcsHost");
        }

        _runspace.Dispose();
    }
}
