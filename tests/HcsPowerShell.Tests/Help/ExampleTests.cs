using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>
/// Tests that every example of every page runs as it is. Each test has its own host, on which the containers web and db
/// run and batch is created, and a folder with the file web.json.
/// </summary>
public sealed class ExampleTests : SessionTests
{
    private const string Prelude = """
        $null = 'web', 'db' | ForEach-Object { New-HcsContainer $_ -Start }
        $null = New-HcsContainer batch
        """;

    private const string End =
        "Get-HcsHost -All | Where-Object Name -in $hosts | ForEach-Object { Disconnect-HcsHost $_.Name }";

    // The hosts that this example connects, which end with it.
    private readonly List<string> _hosts = ["examples-" + Guid.NewGuid().ToString("N")];
    private readonly TemporaryFolder _folder = new();

    public ExampleTests(Session session)
        : base(session)
    {
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
        Session.Run(End, ("hosts", _hosts));
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs(string command, int number)
    {
        string code = MarkdownHelp.Read(command).Examples[number - 1].Code;
        _hosts.AddRange(Regex.Matches(code, @"Connect-HcsHost .*-Name (\w+)").Select(match => match.Groups[1].Value));
        Assert.Contains(command, code, StringComparison.OrdinalIgnoreCase);
        ScriptResult result = Session.Run("& ([scriptblock]::Create($code))", ("code", code));
        if (command == "Enter-HcsContainer")
        {
            // The example runs until it needs a terminal; the tests in the folder Terminal run it at one.
            result.RequireError("HcsNoTerminal", ErrorCategory.ResourceUnavailable);
        }
        else
        {
            result.RequireNoErrors();
        }
    }
}
