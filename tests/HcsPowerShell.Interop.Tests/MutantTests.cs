using System;
using System.IO;
using System.Linq;
using System.Reflection;
using HcsPowerShell.Mutants;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

/// <summary>Checks that each mutant in tests/mutants can still be applied and that the tests it names exist.</summary>
public sealed class MutantTests
{
    private static string Root { get; } = typeof(MutantTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    public static TheoryData<string> Names => [.. Mutant.All(Root).Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_change_can_be_made_and_has_tests(string name)
    {
        Mutant mutant = Mutant.All(Root).Single(m => m.Name == name);
        string source = File.ReadAllText(Path.Combine(Root, mutant.File));
        Assert.NotEqual(source.ReplaceLineEndings("\n"), mutant.Apply(source));
        string[] tests =
        [
            .. new[] { mutant.Project, "HcsPowerShell.Contract" }
                .SelectMany(project => Directory.GetFiles(Path.Combine(Root, "tests", project), "*.cs", SearchOption.AllDirectories))
                .Select(File.ReadAllText),
        ];
        Assert.NotEmpty(mutant.Tests);
        foreach (string[] filter in mutant.Tests.Chunk(2))
        {
            Assert.Contains(filter[0], new[] { "-class", "-method", "-namespace" });
            Assert.DoesNotContain('*', filter[1].Trim('*'));
            string sought = filter[1].Trim('*').Split('.', '*')[^1];
            Assert.Contains(tests, text => text.Contains(sought, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_old_text_that_is_not_there_once_is_told()
    {
        Mutant mutant = Mutant.Read("a.mutant", "File: f\nNotice: n\nProject: p\nTests: -class t\n--- old\nx\n--- new\ny\n");
        Assert.Equal("ayb", mutant.Apply("axb"));
        Assert.Contains("not in", Assert.Throws<FormatException>(() => mutant.Apply("ab")).Message, StringComparison.Ordinal);
        Assert.Contains("more than once", Assert.Throws<FormatException>(() => mutant.Apply("xx")).Message, StringComparison.Ordinal);
    }
}
