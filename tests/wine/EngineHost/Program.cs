using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using HcsPowerShell.Wine;

// MANIFEST SCRIPT [-NAME VALUE]...: imports the module and runs the script, whose output goes to standard output.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
InitialSessionState state = InitialSessionState.CreateDefault2();
if (OperatingSystem.IsWindows())
{
    state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
}

state.ImportPSModule([Path.GetFullPath(args[0])]);
state.ThrowOnRunspaceOpenError = true;
using Runspace runspace = RunspaceFactory.CreateRunspace(state);
runspace.Open();
Mock.Resolve();
using var shell = PowerShell.Create(runspace);
shell.AddCommand(Path.GetFullPath(args[1]));
for (int i = 2; i < args.Length; i += 2)
{
    shell.AddParameter(args[i].TrimStart('-'), args[i + 1]);
}

shell.Streams.Error.DataAdded += (_, e) => Console.WriteLine($"error: {shell.Streams.Error[e.Index]}");
shell.Streams.Warning.DataAdded += (_, e) => Console.WriteLine($"warning: {shell.Streams.Warning[e.Index]}");
using var output = new PSDataCollection<PSObject>();
output.DataAdded += (_, e) => Console.WriteLine(output[e.Index]);
shell.Invoke(null, output);
