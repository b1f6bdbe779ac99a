using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// Base class for tests of layers on a host of isolation Oci. Each test has a folder of its own, where the session is,
/// with the read-only layer <c>base</c> in it. Its containers and mounts end with it.
/// </summary>
[WideStage]
public abstract class LayerTests : SessionTests, IClassFixture<OciSession>
{
    protected const string Revive =
        """
        function Revive($o) {
            $text = [System.Management.Automation.PSSerializer]::Serialize($o)
            [System.Management.Automation.PSSerializer]::Deserialize($text)
        };
        """;

    private const string Busybox = "/bin/busybox";
    private const string Greeting = "hello";

    private readonly TemporaryFolder _folder = new();

    protected LayerTests(OciSession oci)
        : base(oci.Session)
    {
        OciMachine.SkipUnlessPossible();
        NewLayer("base");
        Session.Runspace.SessionStateProxy.Path.SetLocation(_folder.Path);
    }

    /// <summary>The bytes of a layer that <see cref="NewLayer"/> makes.</summary>
    protected static long SizeOfLayer => Greeting.Length;

    /// <summary>The path of a folder of the test.</summary>
    protected string At(params string[] names) => Path.Combine([_folder.Path, .. names]);

    /// <summary>Makes a folder with the file hello.txt, which is a base layer.</summary>
    protected void NewLayer(string name)
    {
        Directory.CreateDirectory(At(name));
        File.WriteAllText(At(name, "hello.txt"), Greeting);
    }

    /// <summary>Gives the base layer the programs of busybox that containers run.</summary>
    protected void AddPrograms()
    {
        Assert.SkipUnless(File.Exists(Busybox), "Needs isolation Oci: the package busybox-static.");
        Directory.CreateDirectory(At("base", "bin"));
        foreach (string program in new[] { "sh", "cat", "hostname" })
        {
            File.Copy(Busybox, At("base", "bin", program));
        }
    }

    /// <summary>Runs a script that must not fail, and returns the texts of its output.</summary>
    protected string[] Texts(string script, params (string Name, object? Value)[] variables) =>
        [.. Session.Get(script, variables).Select(value => value.ToString())];

    /// <summary>The ids of the errors, without the names of the commands.</summary>
    protected static string[] IdsOf(ScriptResult result) =>
        [.. result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];

    /// <summary>Requires that a script has one error about a path, and nothing else to say.</summary>
    protected ErrorRecord RequireRefusal(
        string script, string id, ErrorCategory category, string path, params (string Name, object? Value)[] variables)
    {
        ScriptResult result = Session.Run(script, variables);
        Assert.Empty(result.Output);
        ErrorRecord error = result.RequireError(id, category);
        Assert.Equal(path, error.TargetObject);
        return error;
    }

    /// <summary>Requires that a command shows one activity with its target, and its end, in the pipeline and as a job.</summary>
    protected void RequireProgress(
        string command, string activity, string target, Action between, params (string Name, object? Value)[] variables)
    {
        RequireProgress(Session.Run("$ProgressPreference = 'Continue'; $o = " + command, variables).RequireNoErrors().Progress);

        between();
        RequireProgress([.. Session.Get($"$j = {command} -AsJob; $null = Wait-Job $j; $j.ChildJobs.Progress", variables)
            .Select(record => (ProgressRecord)record.BaseObject)]);

        void RequireProgress(IReadOnlyList<ProgressRecord> shown) => Assert.Equal(
            [(activity, target, ProgressRecordType.Processing), (activity, target, ProgressRecordType.Completed)],
            shown.Select(record => (record.Activity, record.StatusDescription, record.RecordType)));
    }

    protected override void Disposed()
    {
        Session.Get(
            """
            Get-Job | Remove-Job -Force
            Get-HcsContainer | Stop-HcsContainer -Force -Confirm:$false
            Get-HcsLayer | Where-Object Path -Like "$([WildcardPattern]::Escape($folder))/*" | Dismount-HcsLayer
            """,
            ("folder", _folder.Path));
        Session.Runspace.SessionStateProxy.Path.SetLocation(StagedModule.RepositoryRoot);
        _folder.Dispose();
    }
}
