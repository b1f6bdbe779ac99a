using System;
using System.IO;
using System.Reflection;
using HcsPowerShell.Interop.Layers;
using Xunit;

namespace HcsPowerShell.Native.Tests.Layers;

/// <summary>Tests that the version of a program file is found, and that no file does harm.</summary>
public sealed class VersionResourceTests
{
    private static readonly Assembly s_own = typeof(VersionResourceTests).Assembly;

    public static TheoryData<string, string> Programs =>
    [
        (s_own.Location, FileVersionOf(s_own)),
        (typeof(object).Assembly.Location, FileVersionOf(typeof(object).Assembly)),
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public void It_is_the_version_of_the_file(string path, string version) =>
        Assert.Equal(Version.Parse(version), VersionResource.Read(path));

    [Fact]
    public void A_file_that_is_no_program_has_none()
    {
        using var empty = new MemoryStream();
        using var text = new MemoryStream("MZ, and nothing else of a program"u8.ToArray());
        Assert.Null(VersionResource.Read(empty));
        Assert.Null(VersionResource.Read(text));
    }

    [Fact]
    public void A_file_that_cannot_be_read_has_none()
    {
        Assert.Null(VersionResource.Read(Path.Combine(AppContext.BaseDirectory, "missing.dll")));
        Assert.Null(VersionResource.Read(AppContext.BaseDirectory));
    }

    [Fact]
    public void A_file_that_ends_anywhere_has_this_version_or_none()
    {
        byte[] whole = File.ReadAllBytes(s_own.Location);
        var version = Version.Parse(FileVersionOf(s_own));
        for (int length = 0; length < whole.Length; length += length < 4096 ? 1 : 61)
        {
            using var part = new MemoryStream(whole, 0, length);
            Assert.True(VersionResource.Read(part) is not { } found || found == version, $"at {length}");
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFFFu)]
    public void A_number_that_leads_anywhere_is_not_followed_out_of_the_file(uint number)
    {
        byte[] whole = File.ReadAllBytes(s_own.Location);
        byte[] wrong = BitConverter.GetBytes(number);
        using var file = new MemoryStream(whole);
        for (int place = 0; place + wrong.Length <= whole.Length; place += 2)
        {
            byte[] right = whole[place..(place + wrong.Length)];
            wrong.CopyTo(whole, place);
            _ = VersionResource.Read(file);
            right.CopyTo(whole, place);
        }

        Assert.Equal(Version.Parse(FileVersionOf(s_own)), VersionResource.Read(file));
    }

    private static string FileVersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
}
