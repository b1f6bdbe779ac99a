using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace HcsPowerShell.Benchmarks.Engine;

/// <summary>A runspace of the real engine with the staged module, on an embedded host of isolation Oci.</summary>
internal sealed class ModuleSession : IDisposable
{
    private const string HostName = "benchmark";

    private readonly Runspace _runspace;

    public ModuleSession()
    {
        string manifest = typeof(ModuleSession).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(value => value.Key == "StagedModule").Value!;
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([manifest]);
        state.ThrowOnRunspaceOpenError = true;
        _runspace = RunspaceFactory.CreateRunspace(state);

        // As in a console: no thread is started for a command.
        _runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace.Open();
        Run("Connect-HcsHost", ("Embedded", true), ("Isolation", "Oci"), ("Name", HostName));
    }

    /// <summary>Runs one command that must not fail.</summary>
    public IReadOnlyList<PSObject> Run(string command, params (string Name, object Value)[] parameters) =>
        Run(null, command, parameters);

    /// <summary>The same, with something piped in.</summary>
    public IReadOnlyList<PSObject> Run(
        IEnumerable<object>? input, string command, params (string Name, object Value)[] parameters)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddCommand(command);
        foreach ((string name, object value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        IReadOnlyList<PSObject> output = shell.Invoke(input);
        return shell.HadErrors ? throw new InvalidOperationException($"{command}: {shell.Streams.Error[0]}") : output;
    }

    public void Dispose()
    {
        Run("Disconnect-HcsHost", ("HcsHost", HostName));
        _runspace.Dispose();
    }
}
