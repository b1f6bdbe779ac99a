using System;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using HcsPowerShell.Interop.Images;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Images;

/// <summary>Tests the reader of tar files on what other programs write, and on what nobody should.</summary>
public sealed class TarFilesTests : ImageFolder
{
    private static readonly string s_long =
        string.Join('/', Enumerable.Repeat("a folder with a name of thirty c", 9)) + "/file";

    [Theory]
    [InlineData(TarEntryFormat.V7, "file")]
    [InlineData(TarEntryFormat.Ustar, "file")]
    [InlineData(TarEntryFormat.Ustar, "long")]
    [InlineData(TarEntryFormat.Gnu, "file")]
    [InlineData(TarEntryFormat.Gnu, "long")]
    [InlineData(TarEntryFormat.Pax, "file")]
    [InlineData(TarEntryFormat.Pax, "long")]
    [InlineData(TarEntryFormat.Pax, "./file")]
    public void A_file_of_every_format_is_found(TarEntryFormat format, string name)
    {
        string given = name == "long" ? format == TarEntryFormat.Ustar ? s_long[^130..] : s_long : name;
        string path = Tar(format, given, "before", "content");
        using TarFiles files = TarFiles.Open(path, Token);
        string found = given.StartsWith("./", StringComparison.Ordinal) ? given[2..] : given;
        Assert.Equal("content", Encoding.UTF8.GetString(files.Read(found)!));
        Assert.Equal(7, files.SizeOf(found));
        Assert.Equal("before", Encoding.UTF8.GetString(files.Read("first")!));
        Assert.Null(files.Read("folder"));
        Assert.Null(files.SizeOf("missing"));
    }

    [Fact]
    public void What_is_cut_off_anywhere_is_damaged_or_unreadable_or_whole()
    {
        byte[] whole = File.ReadAllBytes(Tar(TarEntryFormat.Pax, s_long, "before", new string('x', 700)));
        string path = Path.Combine(Folder, "cut");
        for (int length = 0; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(path, whole[..length]);
            try
            {
                using TarFiles files = TarFiles.Open(path, Token);
                Assert.True(files.SizeOf("first") is 6 or null);
            }
            catch (ImageException e)
            {
                Assert.True(e.Problem is ImageProblem.Damaged or ImageProblem.Unreadable);
            }
        }
    }

    [Fact]
    public void A_changed_byte_gives_an_answer_or_a_refusal()
    {
        byte[] whole = File.ReadAllBytes(Tar(TarEntryFormat.Pax, s_long, "before", "content"));
        string path = Path.Combine(Folder, "changed");
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] changed = [.. whole];
            int at = random.Next(changed.Length);
            changed[at] = (byte)random.Next(256);
            if (at % 512 < 148)
            {
                // With a sum that fits again, so that the fields are reached.
                Sum(changed, at / 512 * 512);
            }

            File.WriteAllBytes(path, changed);
            try
            {
                using TarFiles files = TarFiles.Open(path, Token);
                _ = files.Read("first");
            }
            catch (ImageException)
            {
            }
        }
    }

    [Theory]
    [InlineData("99999999999")]
    [InlineData("-1")]
    [InlineData("\u0080")]
    public void A_size_that_cannot_be_is_refused(string size)
    {
        byte[] content = File.ReadAllBytes(Tar(TarEntryFormat.Ustar, "file", "before", "content"));
        byte[] field = size == "\u0080"
            ? [0x80, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
            : Encoding.ASCII.GetBytes(size.PadLeft(11) + "\0");
        field.CopyTo(content, 124);
        Sum(content, 0);
        string path = Path.Combine(Folder, "size");
        File.WriteAllBytes(path, content);
        Refused(ImageProblem.Damaged, () => TarFiles.Open(path, Token));
    }

    [Fact]
    public void A_compressed_file_is_named_so()
    {
        string path = Path.Combine(Folder, "gz");
        using (GZipStream gzip = new(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(new byte[2000]);
        }

        File.AppendAllText(path, new string(' ', 600));
        Assert.Contains(
            "gzip",
            Refused(ImageProblem.Unreadable, () => TarFiles.Open(path, Token)).Message,
            StringComparison.Ordinal);
    }

    private string Tar(TarEntryFormat format, string name, string first, string content)
    {
        string path = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        using FileStream file = File.Create(path);
        using TarWriter tar = new(file, format);
        Add("first", first);
        tar.WriteEntry(Entry(TarEntryType.Directory, "folder"));
        Add(name, content);
        return path;

        void Add(string name, string text)
        {
            TarEntry entry = Entry(
                format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile, name);
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            tar.WriteEntry(entry);
        }

        TarEntry Entry(TarEntryType type, string name) => format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(type, name),
            TarEntryFormat.Ustar => new UstarTarEntry(type, name),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new PaxTarEntry(type, name),
        };
    }

    private static void Sum(byte[] content, int header)
    {
        Encoding.ASCII.GetBytes("        ").CopyTo(content, header + 148);
        int sum = content.Skip(header).Take(512).Sum(part => part);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(content, header + 148);
    }
}
