using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Scripts;

/// <summary>Tests the scripts without running them.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts => [.. Files(".", "docs", "tests")];

    public static TheoryData<string> Suites =>
        [.. Files(Path.Combine("docs", "examples"), Path.Combine("tests", "Pester"), Path.Combine("tests", "live"))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Parses(string script)
    {
        Parser.ParseFile(Path.Combine(StagedModule.RepositoryRoot, script), out _, out ParseError[] errors);
        Assert.Empty(errors.Select(e => $"{e.Extent.StartLineNumber}: {e.Message}"));
    }

    /// <summary>
    /// The suites also run in Windows PowerShell 5.1, which has fewer features, and reads text without a byte order
    /// mark in the code page of the machine.
    /// </summary>
    [Theory]
    [MemberData(nameof(Suites))]
    public void Suites_say_nothing_that_Windows_PowerShell_does_not_know(string script)
    {
        string path = Path.Combine(StagedModule.RepositoryRoot, script);
        Assert.Empty(NewerThanWindowsPowerShell(Parser.ParseFile(path, out _, out _)));
        Assert.True(Ascii.IsValid(File.ReadAllText(path)), "Write letters beyond ASCII as $([char] 0xF6).");
    }

    [Theory]
    [InlineData("Get-Item a && Get-Item b")]
    [InlineData("$a ? 1 : 2")]
    [InlineData("$a ?? 1")]
    [InlineData("$a ??= 1")]
    [InlineData("${a}?.Length")]
    [InlineData("1..2 | ForEach-Object -Parallel { $_ }")]
    [InlineData("Join-Path a b c")]
    public void What_Windows_PowerShell_does_not_know_is_found(string script) =>
        Assert.Single(NewerThanWindowsPowerShell(Parser.ParseInput(script, out _, out _)));

    private static IEnumerable<string> Files(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(StagedModule.RepositoryRoot, folder),
            "*.ps*1",
            folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
        .Where(path => !path.Contains(Path.DirectorySeparatorChar + "bin" + Path.DirectorySeparatorChar))
        .Select(path => Path.GetRelativePath(StagedModule.RepositoryRoot, path));

    private static IEnumerable<string> NewerThanWindowsPowerShell(Ast script) => script
        .FindAll(
            node => node is PipelineChainAst
                or TernaryExpressionAst
                or BinaryExpressionAst { Operator: TokenKind.QuestionQuestion }
                or AssignmentStatementAst { Operator: TokenKind.QuestionQuestionEquals }
                or MemberExpressionAst { NullConditional: true }
                or CommandParameterAst { ParameterName: "Parallel" }
                || (node is CommandAst { CommandElements.Count: > 3 } command && command.GetCommandName() == "Join-Path"),
            searchNestedScriptBlocks: true)
        .Select(node => $"{node.Extent.StartLineNumber}: {node.Extent.Text}");
}
