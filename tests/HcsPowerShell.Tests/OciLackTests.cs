using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Without root or without runc it is isolation Process, and says so. Each test is a process of its own.</summary>
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

    // In a mount namespace of its own, each folder that holds runc is replaced by one of links to all else in it.
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

    private readonly TemporaryFolder _folder = new();

    public OciLackTests() => OciMachine.SkipUnlessPossible();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_root()
    {
        string[] launcher = ["/usr/bin/setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups"];
        Assert.SkipUnless(File.Exists(launcher[0]), "Needs the package util-linux.");
        Assert.SkipUnless(
            Succeeds([.. launcher, ConsoleHost.DotNet, "--list-runtimes"]), "Needs a dotnet that every user can run.");
        string copy = Path.Combine(_folder.Path, "shell");
        Copy(Path.GetDirectoryName(StagedModule.ConsoleHost)!, copy);
        Assert.True(Succeeds(["/bin/chmod", "-R", "a+rX", _folder.Path]));
        Assert.True(Succeeds(["/bin/chmod", "a+w", _folder.Path]));
        Check(
            ConsoleHost.RunThrough(
                launcher,
                Path.Combine(copy, Path.GetFileName(StagedModule.ConsoleHost)),
                Script,
                ("HCS_HOST", "embedded"),
                ("HOME", _folder.Path)),
            "the caller is not root",
            Nobody);
    }

    [Fact]
    public void Without_runc()
    {
        string[] launcher = ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", HideRunc, "sh", _folder.Path];
        Assert.SkipUnless(File.Exists(launcher[0]), "Needs the package util-linux.");
        Check(
            ConsoleHost.RunThrough(launcher, StagedModule.ConsoleHost, Script, ("HCS_HOST", "embedded")),
            "runc is not installed",
            "0");
    }

    private static void Check((IReadOnlyList<string> Output, string Error) run, string lack, string user)
    {
        Assert.Equal(string.Empty, run.Error);

        // The console breaks long lines.
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
        _ = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.GetDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
