using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Roles;

/// <summary>
/// A session without language that shows the commands of one role. The suite tests/Pester/Role.Tests.ps1 tests the
/// role in a session configuration file: the role imports the module by its name, through the PSModulePath of the
/// process.
/// </summary>
public sealed class ConstrainedSession : IDisposable
{
    private readonly Runspace _runspace;

    public ConstrainedSession(string role)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        state.ThrowOnRunspaceOpenError = true;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _runspace.SessionStateProxy.Applications.Clear();
        _runspace.SessionStateProxy.Scripts.Clear();
        HashSet<string> visible = [.. CommandsOf(role)];
        CommandTypes kinds = CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias;
        foreach (CommandInfo command in _runspace.SessionStateProxy.InvokeCommand.GetCommands("*", kinds, true))
        {
            command.Visibility = visible.Contains(command.Name)
                ? SessionStateEntryVisibility.Public
                : SessionStateEntryVisibility.Private;
        }

        _runspace.SessionStateProxy.LanguageMode = PSLanguageMode.NoLanguage;
    }

    /// <summary>Returns the commands that a role makes visible.</summary>
    public static IEnumerable<string> CommandsOf(string role)
    {
        using var session = Session.WithoutHost();
        var capability = (Hashtable)session.Single(
            "& ([scriptblock]::Create([IO.File]::ReadAllText($path)))",
            ("path", Path.Combine(StagedModule.Folder, "RoleCapabilities", role + ".psrc")));
        return ((object[])capability["VisibleCmdlets"]!)
            .Select(command => command is PSObject wrapped ? wrapped.BaseObject : command)
            .Select(command => command as string ?? (string)((Hashtable)command)["Name"]!);
    }

    /// <summary>Runs one command, and returns its errors.</summary>
    public IReadOnlyList<ErrorRecord> Run(string command, params (string Name, object Value)[] parameters)
    {
        using var limited = new LimitedShell(_runspace);
        PowerShell shell = limited.Shell;
        shell.AddCommand(command);
        foreach ((string name, object value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        return Invoke(shell);
    }

    /// <summary>Runs a script, and returns its errors.</summary>
    public IReadOnlyList<ErrorRecord> RunScript(string script)
    {
        using var limited = new LimitedShell(_runspace);
        PowerShell shell = limited.Shell;
        shell.AddScript(script);
        return Invoke(shell);
    }

    public void Dispose() => _runspace.Dispose();

    private static IReadOnlyList<ErrorRecord> Invoke(PowerShell shell)
    {
        try
        {
            shell.InvokeWithin([]);
            return [.. shell.Streams.Error];
        }
        catch (RuntimeException e)
        {
            return [e.ErrorRecord];
        }
    }
}
