using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace HcsPowerShell.Shell;

/// <summary>The runspace of this process: the bare engine, and the folder with the modules that come with it.</summary>
internal static class Session
{
    private const string ModulePathVariable = "PSModulePath";
    private static readonly string s_modules = Path.Combine(AppContext.BaseDirectory, "Modules");

    /// <summary>The manifest of the module that this shell exists for.</summary>
    public static string Manifest { get; } = Path.Combine(s_modules, "HcsPowerShell", "HcsPowerShell.psd1");

    public static Runspace Open(PSHost host, MissingCommandHint hint, ExecutionPolicy? policy)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // pwsh has its default in a file beside its engine; without one the engine would refuse every script.
            state.ExecutionPolicy = policy ?? ExecutionPolicy.RemoteSigned;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = hint.CommandNotFound;

        // The engine completes the variable when it opens the first runspace.
        string? path = Environment.GetEnvironmentVariable(ModulePathVariable);
        Environment.SetEnvironmentVariable(ModulePathVariable, s_modules + Path.PathSeparator + path);
        return runspace;
    }

    /// <summary>Whether the last command of the session succeeded: <c>$?</c>.</summary>
    public static bool LastSucceeded(Runspace runspace) => runspace.SessionStateProxy.GetVariable("?") is true;

    /// <summary>
    /// Lets <c>exit</c> in the next script end the session, as it does for pwsh -File. Run by its path through the
    /// public interface, a script keeps its exit to itself, and what remains of it ($LASTEXITCODE) cannot be told from
    /// a program's exit code.
    /// </summary>
    public static void LetScriptExit(Runspace runspace)
    {
        const System.Reflection.BindingFlags Internal =
            System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic;
        object context = typeof(Runspace).GetProperty("ExecutionContext", Internal)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Internal)!.SetValue(context, true);
    }
}
