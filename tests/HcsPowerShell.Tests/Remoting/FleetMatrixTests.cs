using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Tests.Remoting;

/// <summary>
/// Tests where each command of the module acts: with an object of this machine, of a connected one, of an unknown one, with an
/// object of the connected one that was saved twice or selected with all its properties, and with its ids alone. A new command
/// is taken in by itself.
/// </summary>
/// <remarks>A command that changes something runs with -WhatIf, which names the machine.</remarks>
[Collection(nameof(Machines))]
[WideStage]
public sealed class FleetMatrixTests(Machines machines)
{
    internal const string Script = """
        $given = @{
            Width = 80; Height = 25; Crash = $true; Path = 'file'; Container = 'web'; Id = 'web'; Name = 'web'; ParentLayer = 'parent'
            Configuration = '{ "SystemType": "Container" }'
        }
        $more = @{
            'Start-HcsProcess' = @{ CommandLine = 'sleep 1000' }; 'Invoke-HcsProcess' = @{ CommandLine = 'true' }; 'Set-HcsEndpoint' = @{ PortMapping = 80 }
            'Set-HcsContainer' = @{ MemoryMaximumInMB = 64 }; 'Send-HcsProcessInput' = @{ InputObject = 'x' }; 'Get-HcsImage' = @{ }
        }
        $null = Start-HcsProcess web 'sleep 1000' -HcsHost host3; $null = Start-HcsProcess web 'sleep 1000'
        $homes = @{}; Get-HcsHost -All | ForEach-Object { $homes[$_.Name] = $_ }

        # An object of the host, live or as if it had been saved there: no machine of this test has layers and networks.
        function ObjectOf($type, $name) {
            switch ($type) {
                HcsContainer { Get-HcsContainer web -HcsHost $name }
                HcsProcess { (Get-HcsProcess web -HcsHost $name)[0] }
                default {
                    $object = [pscustomobject]@{
                        PSTypeName = "HcsPowerShell.$type"; Id = [guid]::Empty; Name = 'web'; Path = '/layer'; Digest = 'sha256:1'; Source = 'store'
                        LayerFolderPath = '/layer'; VolumePath = '/volume'; Layers = @()
                        HcsHost = $name; HostInstance = $homes[$name].HostInstance; ComputerName = $homes[$name].ComputerName
                    }
                    $object.PSTypeNames.Add('HcsPowerShell.HcsOutput')
                    Saved $object
                }
            }
        }
        function TargetOf($set) { $set.Parameters | Where-Object { ($_.ParameterType.GetElementType() ?? $_.ParameterType).BaseType.Name -eq 'HcsOutput' } | Select-Object -First 1 }
        function ArgumentsOf($command, $set, $target) {
            $arguments = if ($more[$command.Name]) { $more[$command.Name].Clone() } else { @{} }
            foreach ($parameter in $set.Parameters) {
                if ($parameter.IsMandatory -and $parameter.Name -ne $target.Name -and $given[$parameter.Name]) { $arguments[$parameter.Name] = $given[$parameter.Name] }
            }
            $arguments
        }
        function Tell {
            process {
                if ($_ -is [Management.Automation.ErrorRecord]) { "error $(($_.FullyQualifiedErrorId -split ',')[0]) $_" }
                elseif ($_ -is [Management.Automation.VerboseRecord]) { "verbose $_" }
                else { "object $($_.HcsHost ?? $_.PSComputerName) $_" }
            }
        }
        foreach ($command in Get-Command -Module HcsPowerShell -CommandType Cmdlet) {
            "== matrix $($command.Name)"
            if ($command.Name -in 'Enter-HcsContainer', 'Show-HcsStatistics') { continue }
            $set = $command.ParameterSets | Where-Object { TargetOf $_ } | Select-Object -First 1
            $target = if ($set) { TargetOf $set } else { $set = $command.ParameterSets | Where-Object IsDefault }
            $arguments = ArgumentsOf $command ($set ?? $command.ParameterSets[0]) $target
            if ($command.Parameters.ContainsKey('WhatIf')) { $arguments.WhatIf = $true }
            if (-not $target) {
                if ($command.Parameters.ContainsKey('HcsHost')) {
                    '-- there'; try { & $command @arguments -HcsHost host3 -Verbose *>&1 | Tell } catch { $_ | Tell }
                }
                continue
            }
            $type = ($target.ParameterType.GetElementType() ?? $target.ParameterType).Name
            $mine = ObjectOf $type lab; $there = ObjectOf $type host3; $unknown = Saved $there; $unknown.HostInstance = [guid]::NewGuid()
            $cells = [ordered]@{ here = $mine; there = $there; unknown = $unknown; twice = Saved (Saved $there) }
            if ($target.ValueFromPipeline -and $type -eq 'HcsContainer') { $cells.selected = $there | Select-Object *; $cells.ids = [pscustomobject]@{ Id = 'web' } }
            if ($target.ValueFromPipeline -and $type -eq 'HcsProcess') { $cells.selected = $there | Select-Object *; $cells.ids = Saved $mine | Select-Object ContainerId, ProcessId }
            foreach ($cell in $cells.GetEnumerator()) {
                "-- $($cell.Key)"
                try {
                    if ($target.ValueFromPipeline) { $cell.Value | & $command @arguments -TimeoutSec 0 -Verbose *>&1 | Tell }
                    else { $arguments[$target.Name] = $cell.Value; & $command @arguments -TimeoutSec 0 -Verbose *>&1 | Tell }
                } catch { $_ | Tell }
            }
        }

        """;

    /// <summary>Commands that act on what they are given and on no host, or on a terminal or the hosts themselves.</summary>
    private static readonly string[] s_hostless =
    [
        "Connect-HcsHost", "ConvertFrom-HcsJson", "ConvertTo-HcsJson", "Disconnect-HcsHost", "Enter-HcsContainer", "Export-HcsReport",
        "Get-HcsHost", "Import-HcsConfiguration", "Show-HcsStatistics",
    ];

    public static TheoryData<string> Commands => [.. ModuleCommands.Names.Except(s_hostless)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_acts_where_its_object_lives(string command)
    {
        (string Cell, string[] Lines)[] cells = [.. Cells(machines.Lines("matrix " + command))];
        Assert.Contains(cells, cell => cell.Cell == "there");
        Assert.Equal(
            cells.Select(cell => (cell.Cell, PlaceFor(cell.Cell))),
            cells.Select(cell => (cell.Cell, PlaceOf(cell.Lines))));
        Assert.All(
            cells.SelectMany(cell => cell.Lines).Where(line => line.Contains("What if: ", StringComparison.Ordinal)),
            line => Assert.Matches(@"^(\[host3\] )?What if: Performing the operation "".+"" on target "".+""\.$", line));
    }

    private static string PlaceFor(string cell) => cell switch
    {
        "here" or "ids" => "here",
        "unknown" or "twice" => "refused",
        _ => "there",
    };

    private static string PlaceOf(string[] lines) =>
        lines.Any(line => line.StartsWith("error HcsOtherComputer ", StringComparison.Ordinal)) ? "refused"
        : lines.Any(line => line.Contains("[host3] ", StringComparison.Ordinal) || line.StartsWith("object host3 ", StringComparison.Ordinal)) ? "there"
        : lines.Length > 0 && !lines.Any(line => line.StartsWith("error Parameter", StringComparison.Ordinal)) ? "here"
        : "nowhere: " + string.Join('\n', lines);

    private static IEnumerable<(string Cell, string[] Lines)> Cells(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].StartsWith("-- ", StringComparison.Ordinal))
            {
                yield return (
                    lines[i][3..],
                    [.. lines.Skip(i + 1).TakeWhile(line => !line.StartsWith("-- ", StringComparison.Ordinal))]);
            }
        }
    }
}
