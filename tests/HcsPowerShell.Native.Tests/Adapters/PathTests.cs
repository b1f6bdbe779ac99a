using System;
using HcsPowerShell.Interop.Native;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests of the forms in which Windows takes and gives a path.</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData(@"\\?\C:\layers\base", @"C:\layers\base")]
    [InlineData(@"\\?\UNC\server\share\base", @"\\server\share\base")]
    [InlineData(@"\\?\Volume{18955d65}\base", @"\\?\Volume{18955d65}\base")]
    [InlineData(@"C:\layers\base", @"C:\layers\base")]
    public void A_final_path_has_its_usual_form(string path, string usual) =>
        Assert.Equal(usual, FinalPath.Short(path));

    [Theory]
    [InlineData(@"C:\", "", 247)]
    [InlineData(@"C:\", @"\\?\C:\", 248)]
    [InlineData(@"\\server\share\", @"\\?\UNC\server\share\", 300)]
    [InlineData(@"\\?\C:\", "", 300)]
    public void Only_a_long_path_of_Windows_has_the_prefix(string start, string prefixed, int length)
    {
        string rest = new string('x', length - start.Length);
        string expected = OperatingSystem.IsWindows() && prefixed.Length > 0 ? prefixed + rest : start + rest;
        Assert.Equal(expected, LongPath.Of(start + rest));
    }
}
