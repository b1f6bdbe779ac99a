using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Binding;

/// <summary>Tests the arguments after the program, as <c>docker exec</c> takes them.</summary>
public sealed class ArgumentTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("Invoke-HcsProcess $c -- sh -c 'printf %s, \"$0\" \"$1\"' a 'b  c'", "a,b  c,")]
    [InlineData("Invoke-HcsProcess $c.Id -- sh -c 'printf %s, \"$0\" \"$1\"' a 'b  c'", "a,b  c,")]
    [InlineData("Invoke-HcsProcess -- $c sh -c 'printf %s, $0' a", "a,")]
    [InlineData("Invoke-HcsProcess $c printf '%s,' a 'b  c' ''", "a,b  c,,")]
    [InlineData("Invoke-HcsProcess $c printf '%s,' 5 1.5 $true", "5,1.5,True,")]
    [InlineData("Invoke-HcsProcess $c 'printf %s, a'", "a,")]
    [InlineData("Invoke-HcsProcess $c -CommandLine printf '%s,' -- -a -Id", "-a,-Id,")]
    [InlineData("Invoke-HcsProcess $c printf -ArgumentList '%s,', a", "a,")]
    [InlineData("Start-HcsProcess $c -CreateStdOutPipe -- printf '%s,' a | Receive-HcsProcessOutput -Wait", "a,")]
    public void Two_or_more_texts_are_program_and_arguments_and_one_is_a_command_line(string command, string output) =>
        Assert.Equal(output, string.Concat(Session.Get(command, ("c", (object)Session.NewRunning())).Select(o => o.ToString())));

    [Fact]
    public void The_exit_code_is_that_of_the_program() => Assert.Equal(
        3, (long)Session.Single("Invoke-HcsProcess $c -- sh -c 'exit 3'; $LASTEXITCODE", ("c", (object)Session.NewRunning())));

    [Fact]
    public void Arguments_do_not_go_with_other_arguments()
    {
        ErrorRecord error = Session.Run("Invoke-HcsProcess $c echo a -CommandArg b", ("c", (object)Session.NewRunning()))
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains("not both", error.ToString(), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-HcsProcess $c touch {0} -WhatIff", "WhatIff")]
    [InlineData("Invoke-HcsProcess $c touch {0} -Timout 5", "Timout")]
    [InlineData("Invoke-HcsProcess $c touch {0} -Timout:5", "Timout")]
    [InlineData("Start-HcsProcess $c `\n touch {0} `\n -Wait", "Wait")]
    [InlineData("$more = @{{ Timout = 5 }}; Invoke-HcsProcess $c touch {0} @more", "Timout")]
    [InlineData("& {{ $c | Invoke-HcsProcess touch {0} -Timout 5 }}", "Timout")]
    public void The_name_of_no_parameter_is_no_argument_of_the_program(string command, string name)
    {
        using TemporaryFolder folder = new();
        string file = System.IO.Path.Combine(folder.Path, "ran");
        ErrorRecord error = Session.Run(string.Format(null, command, file), ("c", (object)Session.NewRunning()))
            .RequireError("NamedParameterNotFound", ErrorCategory.InvalidArgument);
        Assert.Contains($"'{name}'", error.ToString(), System.StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(file));
    }

    [Theory]
    [InlineData("$more = '-a', '-WhatIff'; Invoke-HcsProcess $c printf '%s,' @more")]
    [InlineData("Invoke-HcsProcess $c printf '%s,' '-a' '-WhatIff'")]
    [InlineData("Invoke-HcsProcess $c printf '%s,' -- -a -WhatIff")]
    public void What_can_only_be_an_argument_is_one(string command) => Assert.Equal(
        "-a,-WhatIff,",
        string.Concat(Session.Get(command, ("c", (object)Session.NewRunning())).Select(o => o.ToString())));
}
