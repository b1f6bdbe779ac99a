using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using HcsPowerShell.Streams;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests endless lines: they come in pieces, which are the same in every way to read them, and nothing is lost.
/// </summary>
public sealed class LongLineTests
{
    private const int Limit = LongestLine.Length;

    [Theory]
    [InlineData(Limit - 1, "\n")]
    [InlineData(Limit, "\n")]
    [InlineData(Limit, "\r\n")]
    [InlineData(Limit + 1, "\n")]
    [InlineData(Limit + 1, "\r\n")]
    [InlineData((3 * Limit) + 7, "\n")]
    [InlineData((2 * Limit) - 1, "")]
    public void A_line_comes_whole_up_to_the_limit_and_in_pieces_above(int length, string end)
    {
        string line = new('x', length);
        foreach (string text in new[] { line, line.Remove(Limit - 2, 1).Insert(Limit - 2, "é") })
        {
            string[] expected = [.. text.Chunk(Limit).Select(piece => new string(piece))];
            foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.Latin1 })
            {
                byte[] bytes = encoding.GetBytes($"first\n{text}{end}");
                Assert.Equal(["first", .. expected], Split(encoding, bytes));
                Assert.Equal(["first", .. expected], Peek(encoding, bytes));
            }
        }
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        string text = new string('x', Limit - 1) + "😀" + new string('y', Limit);
        foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.Unicode })
        {
            string[] lines = Split(encoding, encoding.GetBytes(text + "\n"));
            Assert.Equal([Limit - 1, Limit, 2], lines.Select(line => line.Length));
            Assert.Equal(text, string.Concat(lines));
            Assert.Equal(lines, Peek(encoding, encoding.GetBytes(text + "\n")));
        }
    }

    [Theory]
    [InlineData("a\n\uFEFFb\n", "a", "\uFEFFb")]
    [InlineData("\n", "")]
    [InlineData("a", "a")]
    [InlineData("")]
    public void A_byte_order_mark_is_taken_off_at_the_start_and_nowhere_else(string text, params string[] lines)
    {
        foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(true, true) })
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            Assert.Equal(lines, Split(encoding, bytes));
            Assert.Equal(lines, Split(encoding, bytes, 1));
            Assert.Equal(lines, Peek(encoding, bytes).Where(line => text.Length > 0 || line.Length > 0));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_move_no_piece()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xFF, Limit + 10), (byte)'\n', (byte)'z', (byte)'\n'];
        Assert.Equal([Limit, 10, 1], Split(Encoding.UTF8, bytes).Select(line => line.Length));
        Assert.Equal([Limit, 10, 1], Peek(Encoding.UTF8, bytes).Select(line => line.Length));
    }

    [Fact]
    public void A_line_that_says_the_same_over_and_over_is_kept_once()
    {
        string[] pieces = Split(Encoding.UTF8, new byte[4 * Limit]);
        Assert.Equal(4, pieces.Length);
        Assert.All(pieces[..3], piece => Assert.Same(pieces[0], piece));
    }

    [Fact]
    public void The_splitter_keeps_no_more_than_a_line()
    {
        LineSplitter splitter = new(Encoding.UTF8);
        byte[] block = new byte[64 * 1024];
        Array.Fill(block, (byte)'x');
        long before = GC.GetTotalMemory(forceFullCollection: true);
        int pieces = 0;
        for (int i = 0; i < 2000; i++)
        {
            pieces += splitter.Add(block, block.Length).Count;
        }

        Assert.Equal(2000 * block.Length / Limit, pieces + 1);
        Assert.True(splitter.HasPieces);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20 << 20);
        GC.KeepAlive(splitter);
    }

    [Theory]
    [InlineData("utf-16", new byte[] { 0x41, 0x00, 0x3D, 0xD8, 0x01 }, "A\uFFFD\uFFFD")]
    [InlineData("utf-16", new byte[] { 0x41, 0x00, 0x42 }, "A\uFFFD")]
    [InlineData("utf-16BE", new byte[] { 0x00, 0x41, 0xD8, 0x3D }, "A\uFFFD")]
    [InlineData("utf-32", new byte[] { 0x41, 0x00, 0x00, 0x00, 0x42, 0x00, 0x00 }, "A\uFFFD")]
    [InlineData("utf-8", new byte[] { 0x41, 0xF0, 0x9F, 0x98 }, "A\uFFFD")]
    public void Output_that_ends_inside_a_character_loses_nothing_before_it(string encoding, byte[] bytes, string text)
    {
        Encoding known = Encoding.GetEncoding(encoding);
        Assert.Equal([text], Split(known, bytes));
        Assert.Equal([text], Peek(known, bytes));
    }

    private static string[] Split(Encoding encoding, byte[] bytes, int length = 60_001)
    {
        LineSplitter splitter = new(encoding);
        List<object> lines = [.. bytes.Chunk(length).SelectMany(part => splitter.Add(part, part.Length))];
        lines.AddRange(splitter.End());
        return [.. lines.Cast<string>()];
    }

    private static string[] Peek(Encoding encoding, byte[] bytes)
    {
        UnreadBytes unread = new();
        List<string> lines = [];
        foreach (byte[] part in bytes.Chunk(60_001))
        {
            unread.Add(part, part.Length);
            while (unread.PeekLine(encoding) is var (text, length, _))
            {
                lines.Add(text);
                unread.Take(length);
            }
        }

        if (unread.Count > 0)
        {
            lines.Add(unread.PeekText(encoding));
        }

        return [.. lines];
    }
}
