using System;
using System.Text;
using HcsPowerShell.Embedded.Linux.Oci.Runtime;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Embedded.Service.Execution;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Campaigns;

/// <summary>Tests the findings of the campaigns, each as its smallest case.</summary>
public sealed class FindingTests
{
    [Theory]
    [InlineData("{\"Owner\":", 0xD800, "}")]
    [InlineData("", 0xDC00, "")]
    [InlineData("{\"Owner\":\"", 0xD800, "\"")]
    public void Half_a_character_in_a_broken_document_is_the_reason(string before, int half, string after)
    {
        // The test runner would replace half a surrogate pair by another character.
        string text = before + (char)half + after;
        foreach (Action read in new Action[]
        {
            () => HcsJson.Read<ContainerConfig>(text), () => HcsJson.Parse(text), () => DocumentMerge.Over("{}", text),
        })
        {
            Assert.Contains("half of a character", Assert.Throws<HcsDocumentException>(read).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_document_that_is_null_is_a_problem_and_no_error() => Assert.Equal(
        "$", Assert.Single(ConfigurationCheck.Check("null")).Path);

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("""{"level":1,"msg":"m"}""")]
    [InlineData("""{"level":"error","msg":[]}""")]
    [InlineData("""{"level":"error"}""")]
    public void A_line_of_runc_that_is_no_entry_is_taken_as_it_is(string line) => Assert.Equal(
        line, RuncFailure.From("HcsCreateProcess", line + "\n").GetBaseException().Message);

    [Fact]
    public void A_program_with_a_blank_that_ends_in_a_backslash_keeps_it() => Assert.Equal(
        [@"C:\a b\", "x"], CommandLineArguments.Split(CommandLineArguments.Join([@"C:\a b\", "x"])));

    [Theory]
    [InlineData("12 (a) S 4294967296 1 1 0 -1 0 1 2 3 4 5 6 7 8 20 0 1 0 4711 1000 10\n")]
    [InlineData("12 (a) S 1 1 1 0 -1 0 1 2 3 4 -5 6 7 8 20 0 1 0 4711 1000 10\n")]
    public void A_status_with_numbers_out_of_range_is_none(string line) =>
        Assert.Null(ProcStat.Parse(12, Encoding.ASCII.GetBytes(line)));

    [Fact]
    public void More_memory_than_there_can_be_is_none() =>
        Assert.Null(ProcMemory.Parse("RssAnon: 18446744073709551615 kB\nRssFile: 18446744073709551615 kB\n"u8));
}
