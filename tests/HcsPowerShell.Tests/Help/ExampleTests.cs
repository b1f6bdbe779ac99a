using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>
/// Tests that every example of every page runs as it is and prints what the page shows. Each test has its own host, on
/// which the containers web and db run and batch is created, and a folder with the file web.json. An example about layers
/// has a host of isolation Oci, the layer base and the scratch app; one about networks has a host whose networks are in
/// memory, with the network nat and the endpoints web, which container web has, and mail.
/// </summary>
public sealed class ExampleTests : SessionTests, IClassFixture<ExampleTests.Screened>
{
    // The warnings name what the host of the test does not enforce, and another host does.
    private const string Prelude = """
        $WarningPreference = 'SilentlyContinue'
        [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
        $null = 'web', 'db' | ForEach-Object { New-HcsContainer $_ -Start }
        $null = New-HcsContainer batch
        """;

    private const string Layers = """
        Connect-HcsHost layered -Embedded -Isolation Oci -Confirm:$false
        $null = New-Item base -ItemType Directory
        Set-Content base/hello.txt 'hello'
        $null = New-HcsLayer app -ParentLayer base
        """;

    private const string Image = """
        umoci init --layout shop
        umoci new --image shop:latest
        tar -cf layer.tar -C base .
        umoci raw add-layer --image shop:latest layer.tar
        umoci config --image shop:latest --config.cmd /bin/sh
        """;

    private const string Networks = """
        $PSDefaultParameterValues = @{ '*-Hcs*:HcsHost' = $networks }
        $null = 'web', 'db' | ForEach-Object { New-HcsContainer $_ -Start }
        $null = New-HcsNetwork nat -AddressPrefix 172.30.0.0/24
        $null = New-HcsEndpoint web -PortMapping 8080:80
        Connect-HcsEndpoint web web
        $null = New-HcsEndpoint mail -PortMapping 25
        """;

    private const string NetworksEnd = "Stop-HcsContainer web, db -Force; $PSDefaultParameterValues.Clear()";

    private const string End =
        "Get-HcsHost -All | Where-Object Name -in $hosts | ForEach-Object { Disconnect-HcsHost $_.Name }";

    // The hosts that this example connects, which end with it.
    private readonly List<string> _hosts = ["examples"];
    private readonly TemporaryFolder _folder = new();
    private readonly ExampleScreen _screen;
    private bool _hasNetworks;

    public ExampleTests(Screened screened)
        : base(screened.Session)
    {
        _screen = screened.Screen;
        _folder.Write("web.json", """{ "Name": "web", "HostName": "web-1", "MemoryMaximumInMB": 512 }""");
        Session.Runspace.SessionStateProxy.Path.SetLocation(_folder.Path);
        Session.Connect($"-Isolation Process -Name {_hosts[0]}");
        Session.Run(Prelude).RequireNoErrors();
    }

    public static TheoryData<string, int> Examples
    {
        get
        {
            var examples = new TheoryData<string, int>();
            foreach (string command in MarkdownHelp.Commands)
            {
                for (int number = 1; number <= MarkdownHelp.Read(command).Examples.Count; number++)
                {
                    examples.Add(command, number);
                }
            }

            return examples;
        }
    }

    protected override void Disposed()
    {
        Session.Runspace.SessionStateProxy.Path.SetLocation(StagedModule.RepositoryRoot);
        Session.Run("Remove-HcsImage shop -HcsHost layered -ErrorAction Ignore");
        ScriptResult? networks = _hasNetworks ? Session.Run(NetworksEnd) : null;
        Session.Run(End, ("hosts", _hosts));
        _folder.Dispose();
        networks?.RequireNoErrors();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs(string command, int number)
    {
        HelpExample example = MarkdownHelp.Read(command).Examples[number - 1];
        string code = example.Code;
        _hosts.AddRange(Regex.Matches(code, @"Connect-HcsHost .*-Name (\w+)").Select(match => match.Groups[1].Value));
        Assert.Contains(command, code, StringComparison.OrdinalIgnoreCase);
        if (command.EndsWith("-HcsLayer", StringComparison.Ordinal))
        {
            OciMachine.SkipUnlessPossible();
            _hosts.Add("layered");
            Session.Run(Layers).RequireNoErrors();
        }

        if (command.EndsWith("-HcsImage", StringComparison.Ordinal))
        {
            OciMachine.SkipUnlessPossible();
            Assert.SkipUnless(
                File.Exists("/usr/bin/skopeo") && File.Exists("/usr/bin/umoci"), "Needs the packages skopeo and umoci.");
            _hosts.Add("layered");
            Session.Run(Layers + "\n" + Image).RequireNoErrors();
            Session.Run(command.StartsWith("Import", StringComparison.Ordinal) ? string.Empty : "$null = Import-HcsImage shop -Name shop")
                .RequireNoErrors();
        }

        if (command.EndsWith("-HcsNetwork", StringComparison.Ordinal) || command.EndsWith("-HcsEndpoint", StringComparison.Ordinal))
        {
            _hasNetworks = true;
            Session.Run(Networks, ("networks", ServiceProxy.HostOf<GivenNetworks>(Session).Host)).RequireNoErrors();
        }

        _screen.Take();
        ScriptResult result = Session.Run("& ([scriptblock]::Create($code)) | Out-Default", ("code", code));
        string output = Shown(_screen.Take());
        if (command == "Enter-HcsContainer")
        {
            // The example runs until it needs a terminal; the tests in the folder Terminal run it at one.
            result.RequireError("HcsNoTerminal", ErrorCategory.ResourceUnavailable);
        }
        else if (command == "Initialize-HcsLayer" && number == 1)
        {
            // On Linux every layer counts as completed.
            result.RequireError("HcsLayerAlreadyInitialized", ErrorCategory.InvalidOperation);
        }
        else
        {
            result.RequireNoErrors();
            RequireShown(example, output, $"{command}.{number}.txt");
        }
    }

    /// <summary>The output with what only this test has replaced by what a reader has.</summary>
    private string Shown(string output)
    {
        string shown = output.Replace($"host '{_hosts[0]}'", "host 'embedded'", StringComparison.Ordinal)
            .Replace($"host '{Session.HostName}'", "host 'embedded'", StringComparison.Ordinal)
            .Replace($"{_hosts[0]} ", "embedded ", StringComparison.Ordinal)
            .Replace(_folder.Path, "/srv", StringComparison.Ordinal)
            .Replace("layered ", "embedded ", StringComparison.Ordinal)
            .Replace("host 'layered'", "host 'embedded'", StringComparison.Ordinal);
        shown = Regex.Replace(shown, $@"\b{Regex.Escape(Environment.MachineName)}\b", "server1");
        shown = Regex.Replace(shown, "/hcspowershell/[0-9a-f]{12}/", "/hcspowershell/0123456789ab/");
        shown = Regex.Replace(shown, "sha256:[0-9a-f]{7}", "sha256:0123456");
        shown = string.Join('\n', shown.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');

        // The scratches that other tests of this machine have mounted are listed too.
        return Regex.Replace(shown + "\n", @"^Path +: /tmp/hcs-test-.*\n(?:\S.*\n)*\n?", string.Empty, RegexOptions.Multiline)
            .Trim('\n');
    }

    private static void RequireShown(HelpExample example, string output, string file)
    {
        string made = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "examples")).FullName, file);
        File.WriteAllText(made, output);
        Assert.True(
            Likeness(example.Output) == Likeness(output),
            $"The page does not show what the example prints; read {made}, and copy it behind the code if it is right.");
    }

    /// <summary>
    /// The output without what no two runs have in common: numbers with their units, times and ids, bars, and the widths of
    /// columns.
    /// </summary>
    private static string Likeness(string output)
    {
        string text = Regex.Replace(output, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "#");
        text = Regex.Replace(text, "[0-9]+([.,:/][0-9]+)*( [KMG]?B)?", "#");
        text = Regex.Replace(text, "[▁-█]+", "▁");
        return Regex.Replace(Regex.Replace(text, "-{2,}", "--"), "\\s+", " ");
    }

    /// <summary>A session that writes to a screen.</summary>
    public sealed class Screened : IDisposable
    {
        public Screened() => Session = Session.WritingTo(Screen);

        public ExampleScreen Screen { get; } = new();

        public Session Session { get; }

        public void Dispose() => Session.Dispose();
    }
}
