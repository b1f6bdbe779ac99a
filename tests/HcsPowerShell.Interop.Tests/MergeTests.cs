using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

/// <summary>Tests of additional JSON that is merged into a document.</summary>
public sealed class MergeTests
{
    [Theory]
    [InlineData("""{"A":1}""", """{"B":2}""", """{"A":1,"B":2}""")]
    [InlineData("""{"A":1}""", """{"a":2}""", """{"A":2}""")]
    [InlineData("""{"A":{"B":1,"C":2}}""", """{"A":{"C":3}}""", """{"A":{"B":1,"C":3}}""")]
    [InlineData("""{"A":{"B":{"C":1,"D":2}}}""", """{"a":{"b":{"d":3}}}""", """{"A":{"B":{"C":1,"D":3}}}""")]
    [InlineData("""{"A":{"B":1}}""", """{"A":null}""", """{"A":null}""")]
    [InlineData("""{"A":{"B":1}}""", """{"A":5}""", """{"A":5}""")]
    [InlineData("""{"A":[1,2]}""", """{"A":[3]}""", """{"A":[3]}""")]
    public void What_is_added_wins_member_by_member(string document, string additional, string merged)
    {
        string actual = DocumentMerge.Over(document, additional);
        Assert.Equal(merged, actual, ignoreCase: true);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("no")]
    [InlineData("null")]
    public void What_is_no_object_is_refused(string additional) =>
        Assert.Throws<HcsDocumentException>(() => DocumentMerge.Over("{}", additional));
}
