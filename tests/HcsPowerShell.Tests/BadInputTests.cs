using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that bad input is refused by name, with nothing created and nothing lost, and that the pipeline goes on.
/// </summary>
public sealed class BadInputTests(Session session) : SessionTests(session)
{
    private const string StartShell = "Start-HcsProcess $c -CommandArg sleep, 100";

    [Fact]
    public void An_unknown_id() =>
        Refused("Start-HcsContainer nobody", "HcsSystemNotFound", ErrorCategory.ObjectNotFound, "start container 'nobody'");

    [Fact]
    public void An_id_that_is_taken()
    {
        string id = Session.NewRunning().Id;
        Refused("New-HcsContainer $id", "HcsSystemAlreadyExists", ErrorCategory.ResourceExists, $"create container '{id}'", ("id", id));
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Fact]
    public void An_id_that_differs_from_a_taken_one_in_case_only()
    {
        string id = Session.NewContainer().Id;
        Refused(
            "New-HcsContainer $id", "HcsSystemAlreadyExists", ErrorCategory.ResourceExists, id.ToUpperInvariant(), ("id", id.ToUpperInvariant()));
    }

    [Fact]
    public void A_document_that_is_not_JSON() =>
        Refused("'{\"Name\":' | New-HcsContainer", "HcsInvalidConfiguration", ErrorCategory.InvalidData, "not valid JSON");

    [Theory]
    [InlineData("'[1]' | New-HcsContainer")]
    [InlineData("'null' | New-HcsContainer")]
    [InlineData("New-HcsContainer web -AdditionalJson '[]'")]
    [InlineData("New-HcsContainer web -AdditionalJson '{'")]
    public void JSON_that_is_not_a_document(string script) =>
        Refused(script, "HcsInvalidConfiguration", ErrorCategory.InvalidData, "$: ");

    [Theory]
    [InlineData("'{\"Name\":\"web\",\"ProcessorCount\":\"four\"}' | New-HcsContainer", "$.ProcessorCount")]
    [InlineData("New-HcsContainer @{ Name = 'web'; ProcessorCount = 'four' }", "$.ProcessorCount")]
    [InlineData("New-HcsContainer @{ MappedDirectories = @(@{ HostPath = '/'; ContainerPath = 7 }) }", "$.MappedDirectories[0].ContainerPath")]
    [InlineData("New-HcsContainer web -AdditionalJson '{\"ProcessorCount\":\"four\"}'", "$.ProcessorCount")]
    public void A_member_of_the_wrong_type(string script, string path) =>
        Refused(script, "HcsInvalidConfiguration", ErrorCategory.InvalidData, path);

    [Theory]
    [InlineData("@{ ProcessorCount = '4' }", "$.ProcessorCount: a whole number from 0 to 4294967295 is expected, not a text")]
    [InlineData("@{ ProcessorCount = $null }", "$.ProcessorCount: a whole number from 0 to 4294967295 is expected, not null")]
    [InlineData("@{ MappedDirectories = @(@{ ReadOnly = 'yes' }) }", "[0].ReadOnly: true or false is expected, not a text")]
    [InlineData("-Configuration '{\"HvPartition\":1}'", "$.HvPartition: true or false is expected, not 1")]
    public void A_member_of_the_wrong_type_is_told_with_what_is_expected(string configuration, string said) =>
        Refused("New-HcsContainer " + configuration, "HcsInvalidConfiguration", ErrorCategory.InvalidData, said);

    [Theory]
    [InlineData("-MappedVirtualDisk C:\\a.vhdx", "'C:\\a.vhdx' is no MappedVirtualDisk", "@{ HostPath = ")]
    [InlineData("-HvRuntime C:\\uvm", "'C:\\uvm' is no HvRuntime", "@{ ImagePath = ")]
    public void Text_for_what_has_no_short_form_is_told_the_form_it_has(string parameter, string said, string example)
    {
        string error = Assert.Single(Session.Run("New-HcsContainer web " + parameter).Errors).ToString();
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Contains(example, error, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_text_is_a_layer_all_the_same()
    {
        ScriptResult result = Session.Run(
            """New-HcsContainer web -Layer '{"ID":"1","Path":"/usr"}' -WhatIf -Verbose""").RequireNoErrors();
        Assert.Contains(result.Verbose, v => v.Contains("""[{"ID":"1","Path":"/usr"}]""", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1, 2")]
    [InlineData("@{ A = 1 }")]
    [InlineData("[pscustomobject]@{ A = 1 }")]
    public void An_environment_variable_that_is_not_one_text(string value) =>
        RefusedInContainer(
            StartShell + $" -Environment @{{ FIRST = 'x'; LIST = {value} }}",
            "HcsInvalidConfiguration",
            ErrorCategory.InvalidData,
            "Environment.LIST: ");

    [Theory]
    [InlineData("New-HcsContainer @{ Name = 'web'; ProcesorCount = 4 }", "ProcesorCount")]
    [InlineData("New-HcsContainer @{ Name = 'web'; Layers = @(@{ ID = '1'; Pth = '/' }) }", "Layers[0].Pth")]
    public void An_unknown_member_in_a_hashtable(string script, string member) =>
        Refused(script, "HcsInvalidConfiguration", ErrorCategory.InvalidData, member);

    [Fact]
    public void An_unknown_member_in_JSON_text_is_kept()
    {
        ScriptResult result = Session.Run(
            """'{"Name":"web","Future":{"A":1}}' | New-HcsContainer -WhatIf -Verbose""").RequireNoErrors();
        Assert.Contains(result.Verbose, v => v.Contains("\"Future\":{\"A\":1}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hashtable_that_holds_itself() =>
        Refused("$h = @{}; $h.Layers = $h; New-HcsContainer $h", "HcsInvalidConfiguration", ErrorCategory.InvalidData, "levels deep");

    [Theory]
    [InlineData("-ProcessorWeight 10001", "ProcessorWeight")]
    [InlineData("-ProcessorMaximum 10001", "ProcessorMaximum")]
    [InlineData("-ProcessorMaximum -1", "ProcessorMaximum")]
    [InlineData("-MemoryMaximumInMB -1", "MemoryMaximumInMB")]
    [InlineData("-AdditionalJson '{\"ProcessorWeight\":10001}'", "ProcessorWeight")]
    public void A_value_out_of_range(string parameter, string member) =>
        Refused("New-HcsContainer web " + parameter, "HcsInvalidConfiguration", ErrorCategory.InvalidData, member + ": ");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10000)]
    public void A_weight_in_range_is_taken_and_0_means_the_default(int weight)
    {
        ScriptResult result = Session.Run(
            "New-HcsContainer web -ProcessorWeight $w -WhatIf -Verbose", ("w", weight)).RequireNoErrors();
        Assert.Equal(weight != 0, result.Verbose.Any(v => v.Contains("ProcessorWeight", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_host_folder_that_does_not_exist() =>
        Refused(
            "New-HcsContainer web -MappedDirectory /no/such/folder:/data",
            "HcsPathNotFound",
            ErrorCategory.ObjectNotFound,
            "MappedDirectories[0].HostPath: '/no/such/folder'");

    [Fact]
    public void A_layer_that_does_not_exist() =>
        Refused(
            "New-HcsContainer @{ Name = 'web'; Layers = @(@{ ID = '1'; Path = '/no/such/layer' }) }",
            "HcsPathNotFound",
            ErrorCategory.ObjectNotFound,
            "Layers[0].Path: '/no/such/layer'");

    [Theory]
    [InlineData("New-HcsContainer -Path /no/such/file.json", "/no/such/file.json")]
    [InlineData("New-HcsContainer -LiteralPath '/no/such/[file].json'", "/no/such/[file].json")]
    [InlineData("New-HcsContainer -LiteralPath /usr", "/usr")]
    public void A_file_that_cannot_be_read(string script, string path) =>
        Refused(script, "HcsPathNotFound", ErrorCategory.ObjectNotFound, path);

    [Fact]
    public void A_file_that_holds_no_document_leaves_the_others()
    {
        using var folder = new TemporaryFolder();
        string id = Session.NewId();
        folder.Write("1.json", "no JSON");
        folder.Write("2.json", $$"""{"Name":"{{id}}"}""");
        ScriptResult result = Session.Run("New-HcsContainer -Path $p", ("p", Path.Combine(folder.Path, "*.json")));
        ErrorRecord error = result.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains("1.json", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Created", Session.StateOf(id));
    }

    [Fact]
    public void An_id_with_256_characters()
    {
        Refused("New-HcsContainer -Id ('x' * 256)", "HcsInvalidConfiguration", ErrorCategory.InvalidData, "255");
        Session.Get("New-HcsContainer -Id ('x' * 255) -Start | Stop-HcsContainer");
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("\u001b[31m")]
    public void An_id_with_control_characters(string id) =>
        Refused("New-HcsContainer -Id $id", "HcsInvalidConfiguration", ErrorCategory.InvalidData, "control characters", ("id", id));

    [Theory]
    [InlineData("New-HcsContainer -Id ''")]
    [InlineData("Start-HcsContainer -Id ''")]
    [InlineData("Stop-HcsContainer ''")]
    [InlineData("Start-HcsProcess '' 'sleep 100'")]
    public void An_empty_id(string script)
    {
        ErrorRecord error = Assert.Single(Session.Run(script).Errors);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains("'Id'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_id_in_a_pipeline_leaves_the_others()
    {
        string[] good = [Session.NewContainer().Id, Session.NewContainer().Id];
        ScriptResult result = Session.Run("$g[0], '', $g[1] | Start-HcsContainer", ("g", good));
        Assert.Equal(ErrorCategory.InvalidData, Assert.Single(result.Errors).CategoryInfo.Category);
        Assert.All(good, id => Assert.Equal("Running", Session.StateOf(id)));
    }

    [Theory]
    [InlineData("a[")]
    [InlineData("[a")]
    public void An_unknown_id_that_is_no_pattern_either(string id)
    {
        foreach (string command in new[] { "Get-HcsContainer", "Stop-HcsContainer", "Get-HcsProcess" })
        {
            Refused($"'{id}' | {command}", "HcsSystemNotFound", ErrorCategory.ObjectNotFound, $"'{id}'");
        }
    }

    [Theory]
    [InlineData("../../etc/x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\x:y|z?")]
    [InlineData("..")]
    public void An_id_with_a_path_in_it_is_an_id_and_touches_no_file(string id)
    {
        DateTime before = File.GetLastWriteTimeUtc("/etc");
        dynamic container = Session.Single("New-HcsContainer -Id $id -Start", ("id", id));
        Session.StartProcess(container, "sleep", "100");
        Assert.Equal(id, (string)Session.Single("Get-HcsContainer $id").Id);
        Session.Get("Stop-HcsContainer $id");
        Assert.Null(Session.StateOf(id));
        Assert.Equal(before, File.GetLastWriteTimeUtc("/etc"));
    }

    [Theory]
    [InlineData("Start-HcsProcess $c")]
    [InlineData("Invoke-HcsProcess $c")]
    [InlineData("Start-HcsProcess $c ' '")]
    [InlineData("Start-HcsProcess $c -WhatIf")]
    public void Neither_application_name_nor_command_line_nor_arguments(string script) =>
        RefusedInContainer(script, "HcsInvalidConfiguration", ErrorCategory.InvalidData, "ApplicationName, CommandLine and CommandArgs");

    [Theory]
    [InlineData("Start-HcsProcess $c 'no-such-command -x'", "'no-such-command'")]
    [InlineData("Start-HcsProcess $c -CommandArg /no/such/command, x", "'/no/such/command'")]
    [InlineData("Invoke-HcsProcess $c -ApplicationName /no/such/command", "'/no/such/command'")]
    [InlineData("Start-HcsProcess $c -CommandArg ''", "''")]
    public void A_command_that_does_not_exist(string script, string command) =>
        RefusedInContainer(script, "HcsPathNotFound", ErrorCategory.ObjectNotFound, command);

    [Fact]
    public void A_file_that_is_not_executable()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("data.txt", "not a program\n");
        ErrorRecord error = RefusedInContainer(
            $"Start-HcsProcess $c '{file}'", "HcsAccessDenied", ErrorCategory.PermissionDenied, file);
        Assert.Contains("executable", error.ToString() + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_program()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("data", "\u007fnot a program\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        RefusedInContainer($"Start-HcsProcess $c '{file}'", "HcsInvalidData", ErrorCategory.InvalidData, file);
    }

    [Fact]
    public void A_folder_as_a_command() =>
        RefusedInContainer("Start-HcsProcess $c /usr", "HcsPathNotFound", ErrorCategory.ObjectNotFound, "'/usr'");

    [Fact]
    public void A_working_directory_that_does_not_exist() =>
        RefusedInContainer(
            StartShell + " -WorkingDirectory /no/such/folder",
            "HcsPathNotFound",
            ErrorCategory.ObjectNotFound,
            "WorkingDirectory: '/no/such/folder'");

    [Theory]
    [InlineData("''")]
    [InlineData("'A=B'")]
    public void A_name_that_no_variable_can_have(string name) =>
        RefusedInContainer(
            StartShell + $" -Environment @{{ {name} = 'x' }}", "HcsInvalidConfiguration", ErrorCategory.InvalidData, "Environment");

    [Theory]
    [InlineData("New-HcsContainer web -DNSSearchList \"corp.example`nnameserver 192.0.2.1\"", "DNSSearchList")]
    [InlineData("New-HcsContainer web -HostName \"a`eb\"", "HostName")]
    [InlineData("New-HcsContainer web -SchemaVersion 2 -HostName \"a`tb\"", "HostName")]
    [InlineData("New-HcsContainer @{ MappedPipes = @(@{ HostPath = \"/a`0\"; ContainerPipeName = 'b' }) }", "MappedPipes[0].HostPath")]
    [InlineData("New-HcsContainer web -AdditionalJson '{\"Owner\":\"a\\u0085b\"}'", "Owner")]
    [InlineData("New-HcsContainer web -SchemaVersion 2 -AdditionalJson '{\"Container\":{\"Networking\":{\"DnsSearchList\":\"a\\nb\"}}}'", "Container.Networking.DnsSearchList")]
    [InlineData("'{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":{\"GuestOs\":{\"HostName\":\"a\\rb\"}}}' | New-HcsContainer", "Container.GuestOs.HostName")]
    [InlineData("New-HcsContainer web -MappedDirectory \"/usr:/a`nb\"", "MappedDirectories[0].ContainerPath")]
    [InlineData("New-HcsContainer web -EndpointList a, \"b`n\"", "EndpointList[1]")]
    public void A_control_character_in_a_configuration(string script, string member)
    {
        foreach (string variant in new[] { script, script + " -WhatIf" })
        {
            Refused(variant, "HcsInvalidConfiguration", ErrorCategory.InvalidData, $": {member}: Character ");
        }
    }

    [Theory]
    [InlineData("-User \"root`n\"", "User")]
    [InlineData("-WorkingDirectory \"/`e\"", "WorkingDirectory")]
    [InlineData("-ApplicationName \"/bin/true`r\"", "ApplicationName")]
    [InlineData("-Environment @{ KEY = \"a`0b\" }", "Environment.KEY")]
    public void A_control_character_in_a_process(string parameter, string member)
    {
        foreach (string command in new[] { "Start-HcsProcess", "Invoke-HcsProcess" })
        {
            RefusedInContainer(
                $"{command} $c -CommandArg sleep, 100 {parameter}",
                "HcsInvalidConfiguration",
                ErrorCategory.InvalidData,
                $": {member}: Character ");
        }
    }

    [Theory]
    [InlineData("-ResourceType Network -RequestType Add -Settings \"e`n1\"", "Settings")]
    [InlineData("-ResourceType MappedVirtualDisk -RequestType Add -Settings @{ HostPath = \"/a`t\"; ContainerPath = '/b' }", "Settings.HostPath")]
    [InlineData("-ResourceType MappedVirtualDisk -RequestType Remove -Settings '{\"ContainerPath\":\"/b\\n\"}'", "Settings.ContainerPath")]
    [InlineData("-Request @{ ResourcePath = 'Container/MappedDirectories'; Settings = @{ HostPath = '/usr'; ContainerPath = \"/b`n\" } }", "Settings.ContainerPath")]
    [InlineData("-Request @{ ResourcePath = \"a`n\"; Settings = 1 }", "ResourcePath")]
    public void A_control_character_in_a_change(string parameters, string member)
    {
        ErrorRecord error = Session.Run("Set-HcsContainer $c " + parameters, ("c", (object)Session.NewRunning()))
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Contains($": {member}: Character ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_and_a_variable_may_hold_line_ends() => Assert.Equal(
        ["a", "b", "1", "2\t\u001b"],
        Session.Get(
            "Invoke-HcsProcess $c -CommandArg sh, -c, \"echo a`necho b`nprintf '%s' \"\"`$X\"\"\" -Environment @{ X = \"1`n2`t`e\" }",
            ("c", (object)Session.NewRunning())).Select(line => (string)line.BaseObject));

    [Fact]
    public void A_process_before_the_start()
    {
        dynamic container = Session.NewContainer();
        ErrorRecord error = Refused(
            StartShell, "HcsInvalidState", ErrorCategory.InvalidOperation, $"container '{container.Id}'", ("c", container));
        Assert.Contains("started", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_while_the_container_is_paused()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Suspend-HcsContainer $c", ("c", container));
        ErrorRecord error = Refused(
            StartShell, "HcsInvalidState", ErrorCategory.InvalidOperation, "Paused", ("c", container));
        Assert.Contains("resumed", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_after_the_exit()
    {
        dynamic container = Session.NewRunning();
        Session.Get("Stop-HcsContainer $c", ("c", container));
        Refused(StartShell, "HcsSystemAlreadyStopped", ErrorCategory.InvalidOperation, (string)container.Id, ("c", container));
        Refused(
            "Start-HcsProcess $c.Id 'sleep 100'", "HcsSystemNotFound", ErrorCategory.ObjectNotFound, (string)container.Id);
    }

    [Fact]
    public void An_encoding_that_does_not_exist()
    {
        ErrorRecord error = Assert.Single(
            Session.Run("Invoke-HcsProcess $c cat -Encoding klingon", ("c", (object)Session.NewRunning())).Errors);
        Assert.Contains("'klingon' is not an encoding", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// Requires one such error, that the script goes on, and that the same containers exist as before.
    /// </summary>
    private ErrorRecord Refused(
        string script, string id, ErrorCategory category, string named, params (string Name, object? Value)[] variables)
    {
        const string List = "(Get-HcsContainer | ForEach-Object { \"$($_.Id) $($_.State)\" }) -join \"`n\"";
        object before = Session.Single(List);
        ScriptResult result = Session.Run(script + "; 'went on'", variables);
        ErrorRecord error = result.RequireError(id, category);
        Assert.StartsWith("Cannot ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal("went on", Assert.Single(result.Output).BaseObject);
        Assert.Equal(before, (object)Session.Single(List));
        return error;
    }

    /// <summary>
    /// Requires the same for a command on the running container <c>$c</c>, in which no process runs afterwards.
    /// </summary>
    private ErrorRecord RefusedInContainer(string script, string id, ErrorCategory category, string named)
    {
        ErrorRecord error = Refused(script, id, category, named, ("c", (object)Session.NewRunning()));
        Assert.Empty(Session.Get("Get-HcsProcess $c"));
        return error;
    }
}
