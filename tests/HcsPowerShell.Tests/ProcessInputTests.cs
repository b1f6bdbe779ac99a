using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests the input that a process reads: bytes, lines, and other objects in the form that native commands get.
/// </summary>
public sealed class ProcessInputTests(Session session) : SessionTests(session)
{
    public static TheoryData<string, string> Lists => new()
    {
        { "[byte[]](1, 255, 10)", "01ff0a" },
        { "[object[]]([byte]1, [byte]255, [byte]10)", "01ff0a" },
        { "[Collections.Generic.List[byte]](1, 255, 10)", "01ff0a" },
        { "[Collections.ArrayList]([byte]1, [byte]255)", "01ff" },
        { "[Collections.Generic.Queue[byte]]::new([byte[]](1, 255))", "01ff" },
        { "[Linq.Enumerable]::Repeat([byte]255, 3)", "ffffff" },
        { "[ArraySegment[byte]]::new([byte[]](1, 2, 3, 4), 1, 2)", "0203" },
        { "[Memory[byte]]::new([byte[]](1, 2))", "0102" },
        { "[ReadOnlyMemory[byte]]::new([byte[]](1, 2))", "0102" },
        { "[IO.MemoryStream]::new([byte[]](1, 2))", "0102" },
        { "(,[byte[]](1, 2) + ,[byte[]](3))", "010203" },
        { "@([byte]1, @([byte]2, @([byte]3)), 'a', [byte]4)", "010203610a04" },
        { "'a', 'b'", "610a620a" },
        { "1, 2", "310a320a" },
        { "@([byte]1, 1, '1', [byte]1)", "01310a310a01" },
        { "[byte]7", "07" },
        { "'a\nb\r\n'", "610a620d0a0a" },
        { "@()", "" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_is_its_items(string list, string hex)
    {
        dynamic container = Session.NewRunning();
        foreach (string script in new[]
        {
            $"Invoke-HcsProcess $c $od -InputObject ({list})",
            $"$v = {list}; , $v | Invoke-HcsProcess $c $od",
            $"$v = {list}; $v | Invoke-HcsProcess $c $od",
            $"Invoke-HcsProcess $c $od -InputObject ({list}) -AsJob | Receive-Job -Wait",
            $"$p = Start-HcsProcess $c $od -CreateStdInPipe -CreateStdOutPipe; Send-HcsProcessInput $p ({list}) -Close; Receive-HcsProcessOutput $p -Wait",
            $"$p = Start-HcsProcess $c $od -CreateStdInPipe -CreateStdOutPipe; $v = {list}; , $v | Send-HcsProcessInput $p -Close; Receive-HcsProcessOutput $p -Wait",
        })
        {
            string got = string.Concat(Session.Get(script, ("c", container), ("od", "od -An -tx1 -v"))
                .Select(line => (string)line.BaseObject)).Replace(" ", string.Empty, StringComparison.Ordinal);
            Assert.True(hex == got, $"{script}: {got}");
        }
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("[datetime]::new(2020, 1, 1, 0, 0, 0)")]
    [InlineData("@{ a = 1 }")]
    [InlineData("[pscustomobject]@{ a = 1; b = 2 }")]
    [InlineData("[pscustomobject]@{ a = 1 }; 'text'; $null; 7; [pscustomobject]@{ a = 2 }; 'end'")]
    [InlineData("[pscustomobject]@{ a = 1; b = 'x' * 500 } | Format-Table")]
    [InlineData("[pscustomobject]@{ a = 1; b = 'x' * 500 } | Format-List")]
    [InlineData("1; 1.5; 1e30; $true; [guid]::Empty; [char]'c'; [DayOfWeek]::Monday; -1L; [ulong]::MaxValue; 0.1d")]
    [InlineData("[exception]::new('no'); { a script }; [xml]'<a>1</a>'; [version]'1.2'; [timespan]'1:2:3'")]
    [InlineData("'x' * 500")]
    public void Anything_else_is_written_as_for_a_native_command(string script)
    {
        string native = Text($"& {{ {script} }} | /bin/cat");
        Assert.Equal(native, Text($"& {{ {script} }} | Invoke-HcsProcess $c cat", ("c", (object)Session.NewRunning())));
        Assert.Equal(native, Text(
            $"$p = Start-HcsProcess $c cat -CreateStdInPipe -CreateStdOutPipe; & {{ {script} }} | Send-HcsProcessInput $p -Close; "
            + "Receive-HcsProcessOutput $p -Wait"));
        Assert.Equal(native, Text($"& {{ {script} }} | Invoke-HcsProcess $c cat -AsJob | Receive-Job -Wait"));
    }

    [Fact]
    public void Bytes_after_objects_come_after_them() => Assert.Equal(
        Text("[pscustomobject]@{ a = 1 } | /bin/cat") + "\nAB",
        Text(
            "& { [pscustomobject]@{ a = 1 }; ,[byte[]](65, 66, 10) } | Invoke-HcsProcess $c cat", ("c", (object)Session.NewRunning())));

    [Fact]
    public void Lines_of_an_object_arrive_while_more_may_come()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "row");
        dynamic container = Session.NewRunning();
        using RunningScript running = Session.Begin(
            "& { [datetime]::new(2020, 1, 1); Start-Sleep 100 } | Invoke-HcsProcess $c -CommandArg sh, -c, $s",
            ("c", container),
            ("s", $"read a; read b; printf \"$b\" > '{file}'; exec sleep 100"));
        Poll.Until(
            () => File.Exists(file) && File.ReadAllText(file).Contains("2020", StringComparison.Ordinal), "the first line to arrive");
        Assert.False(running.HasEnded);
    }

    [Fact]
    public void A_list_that_holds_itself_is_refused()
    {
        ScriptResult result = Session.Run(
            "$l = [Collections.ArrayList]::new(); $null = $l.Add('a'); $null = $l.Add($l); Invoke-HcsProcess $c cat -InputObject $l",
            ("c", (object)Session.NewRunning()));
        ErrorRecord error = result.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains("nested more than 64 levels", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_called_Out_String_changes_nothing() => Assert.Equal(
        Text("@{ a = 1 } | /bin/cat"),
        Text(
            "function Out-String { 'mine' }; try { @{ a = 1 } | Invoke-HcsProcess $c cat } finally { Remove-Item function:Out-String }",
            ("c", (object)Session.NewRunning())));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("en-US")]
    public void Cultures_and_files_of_bytes_in_PowerShell_itself(string culture)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "bytes");
        File.WriteAllBytes(file, [1, 2, 255, 0, 10, 65]);
        PwshResult result = Pwsh.Run(
            $$"""
            [cultureinfo]::CurrentCulture = '{{culture}}'
            $c = New-HcsContainer -Start
            $values = 1.5, (Get-Date -Year 2020 -Month 1 -Day 1 -Hour 0 -Minute 0 -Second 0), 1234567.8
            $native = $values | /bin/cat
            $ours = $values | Invoke-HcsProcess $c cat
            ($native -join '|') -ceq ($ours -join '|')
            $native[0]
            foreach ($count in 0, 1, 4) { Get-Content '{{file}}' -AsByteStream -ReadCount $count | Invoke-HcsProcess $c 'od -An -tx1' }
            """,
            ("HCS_HOST", "embedded"));
        Assert.Empty(result.Error);
        const string Bytes = " 01 02 ff 00 0a 41";
        Assert.Equal(["True", culture == "de-DE" ? "1,5" : "1.5", Bytes, Bytes, Bytes], result.Output);
    }

    private string Text(string script, params (string Name, object? Value)[] variables) =>
        string.Join('\n', Session.Get(script, variables).Select(line => (string)line.BaseObject));
}
