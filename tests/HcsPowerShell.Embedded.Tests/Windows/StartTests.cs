using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Windows;

public sealed class StartTests : SandboxTest
{
    [WindowsFact]
    public async Task The_exit_code_is_the_one_the_program_gave()
    {
        foreach (uint exitCode in new[] { 0u, 7u, 0x7FFFFFFFu, 0xC0000005u, uint.MaxValue })
        {
            using ISandboxProcess process = Sandbox.Start(Child.Of("exit", $"{exitCode}"));
            Assert.Equal(exitCode, await ExitOf(process));
        }
    }

    [WindowsFact]
    public void A_console_is_refused_by_the_member()
    {
        HcsException refusal = Assert.Throws<HcsException>(
            () => Sandbox.Start(Child.Of("exit", "0") with { Console = new ConsolePlan(80, 24) }));
        Assert.Equal(HResult.NotSupported, refusal.HResult);
        Assert.Contains("EmulateConsole:", refusal.ResultDocument, StringComparison.Ordinal);
    }

    [WindowsFact]
    public async Task The_command_line_arrives_verbatim()
    {
        ProcessPlan start = Child.Of("arguments") with { StandardOutput = true };
        start = start with { CommandLine = start.CommandLine + " \"a b\"  c\\\"d \u00E4" };
        using ISandboxProcess process = Sandbox.Start(start);
        Assert.Equal("a b|c\"d|\u00E4", (await ReadTextToEnd(process.StandardOutput!)).TrimEnd());
    }

    [WindowsFact]
    public async Task The_program_runs_in_its_working_folder()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hcs \u00E4 ");
        try
        {
            using ISandboxProcess process = Sandbox.Start(
                Child.Of("folder") with { StandardOutput = true, WorkingDirectory = folder.FullName });
            Assert.Equal(folder.FullName, (await ReadTextToEnd(process.StandardOutput!)).TrimEnd());
            await ExitOf(process);
        }
        finally
        {
            folder.Delete();
        }
    }

    [WindowsFact]
    public async Task The_program_sees_the_environment_it_was_given_and_no_more()
    {
        Dictionary<string, string> environment = new()
        {
            ["zeta"] = "1",
            ["Alpha"] = "\u00E4 = b",
            ["_x"] = "",
        };

        // The runtime of the child does not start without these variables; Wine adds SystemDrive if it is missing.
        foreach (string name in new[] { "SystemRoot", "SystemDrive", "DOTNET_EnableWriteXorExecute" })
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        using ISandboxProcess process = Sandbox.Start(
            Child.Of("environment") with { StandardOutput = true, Environment = environment });
        string[] seen = (await ReadTextToEnd(process.StandardOutput!)).TrimEnd().Split('\n');
        if (Wine.IsHost)
        {
            seen = [.. seen.Where(variable => !variable.StartsWith("WINE", StringComparison.Ordinal))];
        }

        Assert.Equal(environment.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal), seen);
    }

    [WindowsFact]
    public void A_missing_executable_is_file_not_found()
    {
        string missing = Path.Combine(AppContext.BaseDirectory, "missing.exe");
        HcsException refusal = Assert.Throws<HcsException>(
            () => Sandbox.Start(Child.Of("exit", "0") with { Executable = missing }));
        Assert.Equal(HResult.FileNotFound, refusal.HResult);
        Assert.Equal("HcsCreateProcess", refusal.Function);
        Assert.Equal("test", refusal.SystemId);
        Assert.False(Sandbox.HasProcesses());
    }

    [WindowsFact]
    public void A_file_that_is_no_program_is_a_bad_executable_format()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "HcsPowerShell.Embedded.Tests.deps.json");
        HcsException refusal = Assert.Throws<HcsException>(
            () => Sandbox.Start(Child.Of("exit", "0") with { Executable = file }));
        Assert.Equal(unchecked((int)0x800700C1), refusal.HResult);
    }

    [WindowsFact]
    public async Task Programs_started_at_the_same_time_do_not_keep_each_others_pipes_open()
    {
        // Half of the processes keep running, and would hold handles that they inherited by mistake.
        Task<ISandboxProcess>[] stays = [.. Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => StartReady(Sandbox, Child.Of("sleep")), Token))];
        Task<string>[] goes = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                using ISandboxProcess process = Sandbox.Start(Child.Of("both") with { StandardOutput = true });
                return await ReadTextToEnd(process.StandardOutput!);
            },
            Token))];
        Assert.All(await Task.WhenAll(goes), output => Assert.Equal("to output", output));
        foreach (ISandboxProcess process in await Task.WhenAll(stays))
        {
            Assert.False(process.Exited.IsCompleted);
            process.Dispose();
        }
    }
}
