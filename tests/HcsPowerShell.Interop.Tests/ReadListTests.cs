using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

/// <summary>Tests that a list is read item by item: an item is not read before the caller asks for it.</summary>
public sealed class ReadListTests
{
    [Fact]
    public void The_first_of_ten_thousand_comes_before_the_last_is_read()
    {
        const int Count = 10_000;
        string text = "[" + string.Join(",", Enumerable.Range(0, Count).Select(i => $$"""{"Id":"{{i}}","State":"Running"}""")) + "]";
        using IEnumerator<ContainerProperties> list = HcsJson.ReadList<ContainerProperties>(text).GetEnumerator();
        Assert.True(list.MoveNext());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(list.MoveNext());
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < text.Length / 10);
        int rest = 0;
        while (list.MoveNext())
        {
            rest++;
        }

        Assert.Equal(Count - 2, rest);
    }

    [Fact]
    public void What_is_wrong_further_on_is_found_only_there()
    {
        string text = """[{"Id":"a"},{"Id":"b"}""" + new string(' ', 100_000) + "nonsense";
        using IEnumerator<ContainerProperties> list = HcsJson.ReadList<ContainerProperties>(text).GetEnumerator();
        Assert.True(list.MoveNext());
        Assert.Equal("a", list.Current.Id);
        Assert.True(list.MoveNext());
        Assert.Equal("b", list.Current.Id);
        Assert.Contains("not valid JSON", Assert.Throws<HcsDocumentException>(() => list.MoveNext()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ ] \n")]
    [InlineData("""[{"Id":"é€𝄞"}]""", "é€𝄞")]
    [InlineData(""" [ {"Id":"a","Later":[[1],{"b":[]}]} , {"Id":"]"} ] """, "a", "]")]
    public void Every_item_is_read(string text, params string[] ids) => Assert.Equal(ids, Ids(text));

    // The text is decoded in pieces. One more letter in front makes each piece end in the middle of a surrogate pair.
    [Theory]
    [InlineData(1, "")]
    [InlineData(4095, "")]
    [InlineData(4096, "")]
    [InlineData(1_000_000, "")]
    [InlineData(4095, "x")]
    [InlineData(4096, "x")]
    [InlineData(1_000_000, "x")]
    public void An_item_of_any_length_is_read(int length, string before)
    {
        string id = before + string.Concat(Enumerable.Repeat("𝄞", length / 2)) + "x";
        Assert.Equal([id, "2"], Ids($$"""[{"Id":"{{id}}"},{"Id":"2"}]"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("[{}")]
    [InlineData("[{},]")]
    [InlineData("[{}] x")]
    [InlineData("[{}][]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[1]")]
    public void What_is_no_list_of_documents_is_refused(string text) =>
        Assert.Throws<HcsDocumentException>(() => Ids(text));

    [Fact]
    public void What_is_wrong_in_an_item_is_told_with_its_place() =>
        Assert.StartsWith(
            "$[1].Stopped: true or false is expected, not a text",
            Assert.Throws<HcsDocumentException>(() => Ids("""[{"Id":"a"},{"Stopped":"no"}]""")).Message,
            StringComparison.Ordinal);

    private static string[] Ids(string text) =>
        [.. HcsJson.ReadList<ContainerProperties>(text).Select(properties => properties.Id ?? string.Empty)];
}
