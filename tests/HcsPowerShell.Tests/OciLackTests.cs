using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that, without root or without runc, the host uses isolation Process and says so. Each test uses a new process.
/// </summary>
[WideStage]
public sealed class OciLackTests : IDisposable
{
    private const string Script = """
        $h = Get-HcsHost
        "isolation: $($h.Isolation), because $($h.IsolationLack)"
        $c = New-HcsContainer web -MemoryMaximumInMB 64 -HostName other -Start
        "user: $(Invoke-HcsProcess $c 'id -u')"
        Connect-HcsHost -Embedded -Isolation Oci -Name more 2>&1 | ForEach-Object { "refused: $_" }
        Stop-HcsContainer $c -Force
        """;

    private const string Nobody = "65534";

    // Makes PowerShell and the module, which only root may be able to read, visible in a folder that all users can
    // write to.
    private const string ShowToAll = """
        folder=$1; chmod 777 "$folder"; mkdir "$folder/program" "$folder/modules"
        mount --bind "$2" "$folder/program"; mount --bind "$3" "$folder/modules"; shift 3
        exec "$@"
        """;

    // Replaces each folder that holds runc by a folder of links to its other files.
    private const string HideRunc = """
        folder=$1; shift; number=0
        IFS=:
        for place in $PATH /usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin; do
            [ -e "$place/runc" ] || continue
            number=$((number + 1)); mkdir "$folder/$number"
            mount --bind "$place" "$folder/$number"; mount -t tmpfs none "$place"
            for file in "$folder/$number"/*; do
                [ "${file##*/}" = runc ] || ln -s "$file" "$place/"
            done
        done
        exec "$@"
        """;

    private const string ChangeRoot = """
        folder=$1/root; shift; mkdir "$folder"; mount --rbind / "$folder"
        exec chroot "$folder" "$@"
        """;

    private readonly TemporaryFolder _folder = new();

    public OciLackTests() => OciMachine.SkipUnlessPossible();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_root()
    {
        const string SetPrivileges = "/usr/bin/setpriv";
        string[] dropRoot = [SetPrivileges, "--reuid", Nobody, "--regid", Nobody, "--clear-groups"];
        Assert.SkipUnless(File.Exists(SetPrivileges), "Needs the package util-linux.");
        Assert.SkipUnless(
            Succeeds([.. dropRoot, DotNet.Program, "--list-runtimes"]), "Needs a dotnet that every user can run.");
        string modules = Path.GetDirectoryName(StagedModule.Folder)!;
        string program = Path.Combine(_folder.Path, "program", Path.GetFileName(StagedModule.PowerShell));
        Check(
            Pwsh.Run(new PwshStart("-Command", Script)
            {
                Launcher =
                [
                    .. InMountNamespace(ShowToAll, Path.GetDirectoryName(StagedModule.PowerShell)!, modules), .. dropRoot,
                ],
                Program = program,
                ModulePath = Path.Combine(_folder.Path, "modules"),
                Environment = [("HCS_HOST", "embedded"), ("HOME", _folder.Path)],
            }),
            "the caller is not root",
            Nobody);
    }

    [Fact]
    public void Without_runc() => Check(
        Pwsh.Run(new PwshStart("-Command", Script)
        {
            Launcher = InMountNamespace(HideRunc),
            Environment = [("HCS_HOST", "embedded")],
        }),
        "runc is not installed",
        "0");

    [Fact]
    public void In_a_chroot() => Check(
        Pwsh.Run(new PwshStart("-Command", Script)
        {
            Launcher = InMountNamespace(ChangeRoot),
            Environment = [("HCS_HOST", "embedded")],
        }),
        "PowerShell runs in a chroot, which processes of runc would leave",
        "0");

    /// <summary>
    /// Returns the command that runs a shell script in a new mount namespace, with a folder and other arguments.
    /// </summary>
    private string[] InMountNamespace(string script, params string[] arguments)
    {
        const string Unshare = "/usr/bin/unshare";
        Assert.SkipUnless(File.Exists(Unshare), "Needs the package util-linux.");
        return [Unshare, "--mount", "/bin/sh", "-c", script, "sh", _folder.Path, .. arguments];
    }

    private static void Check(PwshResult run, string lack, string user)
    {
        Assert.Equal(string.Empty, run.Error);

        // The console wraps long lines.
        string all = string.Join(' ', run.Output.Select(line => line.Trim()));
        Assert.Contains($"isolation: Process, because {lack}", all, StringComparison.Ordinal);
        Assert.Contains($"user: {user} ", all, StringComparison.Ordinal);
        Assert.Contains("refused: ", all, StringComparison.Ordinal);
        Assert.Contains($"Isolation Oci is not possible here: {lack}.", all, StringComparison.Ordinal);
        Assert.Single(run.Output, line => line.StartsWith("WARNING", StringComparison.Ordinal));
        Assert.Contains(
            $"(isolation Process) does not enforce MemoryMaximumInMB, HostName. Isolation Oci enforces more, but {lack}.",
            all,
            StringComparison.Ordinal);
    }

    private static bool Succeeds(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using StreamReader error = process.StandardError;
        using StreamReader output = process.StandardOutput;
        _ = error.ReadToEndAsync();
        _ = output.ReadToEndAsync();
        Assert.True(process.WaitForExit(Waits.Limit), $"Not within {Waits.Limit}: {string.Join(' ', command)}");
        return process.ExitCode == 0;
    }
}
