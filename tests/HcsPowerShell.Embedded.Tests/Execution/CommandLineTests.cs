using HcsPowerShell.Embedded.Service.Execution;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Execution;

/// <summary>Tests the rules of CommandLineToArgvW, one by one.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("a b c", "a", "b", "c")]
    [InlineData("  a \t b ", "a", "b")]
    [InlineData("\"c:\\pro gram\" x", "c:\\pro gram", "x")]
    [InlineData("c:\\a\"b x", "c:\\a\"b", "x")]
    [InlineData("a \"b c\" d", "a", "b c", "d")]
    [InlineData("a \"\" b", "a", "", "b")]
    [InlineData("a b\"c d\"e", "a", "bc de")]
    [InlineData("a c:\\x\\y", "a", "c:\\x\\y")]
    [InlineData("a \\\"b", "a", "\"b")]
    [InlineData("a \\\\\"b c\"", "a", "\\b c")]
    [InlineData("a \\\\\\\"b", "a", "\\\"b")]
    [InlineData("a \"b\"\"c d\"", "a", "b\"c", "d")]
    [InlineData("a \"b c", "a", "b c")]
    public void A_line_is_split(string line, params string[] arguments) => Assert.Equal(arguments, CommandLineArguments.Split(line));

    [Theory]
    [InlineData("a", "b c", "")]
    [InlineData("a", "say \"hi\"")]
    [InlineData("a", "ends in \\")]
    [InlineData("a", "\\\"", "\t")]
    public void What_is_joined_splits_into_the_same(params string[] arguments) =>
        Assert.Equal(arguments, CommandLineArguments.Split(CommandLineArguments.Join(arguments)));
}
