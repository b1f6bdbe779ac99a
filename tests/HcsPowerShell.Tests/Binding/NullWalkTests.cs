using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Binding;

/// <summary>Binds null to every parameter of every command, by name and by position, alone and in a list.</summary>
public sealed class NullWalkTests
{
    /// <summary>The parameters that accept null, all defined by PowerShell, and their effect then.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_exceptions = new Dictionary<string, string>
    {
        ["Confirm"] = "It is present, and the command asks.",
        ["Debug"] = "It is present, and the command shows more.",
        ["Verbose"] = "It is present, and the command shows more.",
        ["WhatIf"] = "It is present, and the command does nothing.",
    };

    // Every sample belongs to a container that has ended, so that a command that is not refused ends at once.
    private const string Walk = """
        Import-Module HcsPowerShell
        Connect-HcsHost walk -Embedded -Isolation Process -Confirm:$false
        $container = New-HcsContainer ended -Start
        $process = Start-HcsProcess $container 'sleep 100'
        Stop-HcsContainer $container -Force
        $layer = [pscustomobject]@{ Path = '/none'; HcsHost = 'walk' }
        $layer.PSObject.TypeNames.Insert(0, 'Deserialized.HcsPowerShell.HcsLayer')
        $network, $endpoint = 'HcsNetwork', 'HcsEndpoint' | ForEach-Object {
            $one = [pscustomobject]@{ Id = [guid]::NewGuid(); HcsHost = 'walk' }
            $one.PSObject.TypeNames.Insert(0, "Deserialized.HcsPowerShell.$_")
            $one
        }
        $samples = @{
            'HcsNetwork[]' = $network; 'HcsEndpoint[]' = $endpoint; 'Guid[]' = [guid]::NewGuid(); 'Int32[]' = 1
            'HcsPortMapping[]' = '80'; 'HostComputePolicy[]' = @{ Type = 'ACL' }
            'HcsLayer[]' = $layer; 'HcsImage[]' = $layer; 'HcsHost[]' = 'walk'
            'PSSession[]' = [Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject(
                [System.Management.Automation.Runspaces.PSSession])
            'HcsContainer[]' = $container; 'HcsProcess[]' = $process; 'PSObject[]' = 'none'; Object = @{ Name = 'x' }
            String = 'ended'; 'String[]' = 'ended'; 'UInt32[]' = 1; UInt16 = 1; SwitchParameter = $true
            HcsDocumentType = 'Layer'; 'Object[]' = @{ Operation = 'HcsStartComputeSystem'; DelaySec = 1 }
            'HcsSystemType[]' = 'Container'; 'HcsSystemState[]' = 'Running'; 'Layer[]' = @{ ID = 'i'; Path = 'p' }
            'MappedDir[]' = 'a:b'; 'MappedPipe[]' = 'a:b'
            'MappedVirtualDisk[]' = @{ HostPath = 'a'; ContainerPath = 'b' }
        }
        function Sample($parameter) {
            $samples[$parameter.ParameterType.Name] ?? $(throw "No sample for $($parameter.ParameterType)")
        }

        function Position($parameter) {
            $known = $parameter.ParameterSets
            ($known[$set] ?? ($set -eq '__AllParameterSets' ? $known[$command.DefaultParameterSet] : $null))?.Position
        }

        function Try-Null($command, $names, $form, $arguments, $named) {
            $refusal = try { & $command @arguments @named 2>&1 3>$null 4>$null } catch { $_ }
            $refused = $refusal.Exception -is [System.Management.Automation.ParameterBindingException] -and
                ($names | Where-Object { "$refusal".Contains("'$_'") })
            if (-not $refused) { "took $command $($names[0]) ${form}: $refusal" }
        }

        foreach ($command in Get-Command -Module HcsPowerShell -CommandType Cmdlet) {
            $whatIf = $command.Parameters.Keys -contains 'WhatIf' ? @{ WhatIf = $true } : @{}
            foreach ($parameter in $command.Parameters.Values) {
                'walked'
                $isList = $parameter.ParameterType.IsArray -or $parameter.ParameterType -eq [object]
                foreach ($set in $parameter.ParameterSets.Keys) {
                    $others = $command.Parameters.Values | Where-Object Name -ne $parameter.Name | Where-Object {
                        ($_.ParameterSets[$set] ?? $_.ParameterSets['__AllParameterSets'] ??
                            ($set -ne '__AllParameterSets' ? $null :
                                $_.ParameterSets[$command.DefaultParameterSet])).IsMandatory }
                    $named = $parameter.Name -eq 'WhatIf' ? @{} : $whatIf.Clone()
                    $others | ForEach-Object { $named[$_.Name] = Sample $_ }
                    $name = $parameter.Name
                    Try-Null $command @($name) 'null' @() ($named + @{ $name = $null })
                    if ($isList) {
                        Try-Null $command @($name) 'null alone in a list' @() ($named + @{ $name = @($null) })
                        $list = @((Sample $parameter), $null)
                        Try-Null $command @($name) 'null in a list' @() ($named + @{ $name = $list })
                    }

                    $position = $parameter.ParameterSets[$set].Position
                    if ($position -ge 0) {
                        $before = @($command.Parameters.Values | Where-Object Name -ne $name |
                            Where-Object { (Position $_) -in 0..$position } | Sort-Object { Position $_ })
                        $same = @($command.Parameters.Values |
                            Where-Object { $_.ParameterSets.Values.Position -contains $position })
                        $before | ForEach-Object { $named.Remove($_.Name) }
                        $arguments = @($before | ForEach-Object { Sample $_ }) + , $null
                        Try-Null $command @($same.Name) 'null by position' $arguments $named
                    }
                }
            }

            if ($command.ImplementingType.GetInterface('System.Management.Automation.IDynamicParameters')) {
                # These exist with pipeline input alone, and some of them where a target is named.
                foreach ($name in @('ProcessId', 'PipedObject').Where({ -not $command.Parameters[$_] })) {
                    foreach ($target in @{}, @{ Id = 'ended' }) {
                        if ($target.Count -and -not $command.Parameters['Id']) { continue }
                        $named = $whatIf + $target + @{ $name = $null }
                        if ($command.Parameters['CommandLine']) { $named['CommandLine'] = 'true' }
                        $refusal = try { 'ended' | & $command @named 2>&1 3>$null 4>$null } catch { $_ }
                        if ("$refusal".Contains("matches parameter name '$name'")) { continue }
                        "dynamic $name"
                        if (-not ($refusal.Exception -is [System.Management.Automation.ParameterBindingException] -and
                            "$refusal".Contains("'$name'"))) {
                            "took $command $name dynamic: $refusal"
                        }
                    }
                }
            }
        }
        """;

    [Fact]
    public void Null_is_refused_by_name_everywhere()
    {
        PwshResult result = Pwsh.Run(Walk);
        Assert.Equal(string.Empty, result.Error);
        Assert.InRange(result.Output.Count(line => line == "walked"), 500, int.MaxValue);
        Assert.InRange(result.Output.Count(line => line == "dynamic ProcessId"), 10, int.MaxValue);
        Assert.InRange(result.Output.Count(line => line == "dynamic PipedObject"), 5, int.MaxValue);
        ILookup<string, string> taken = result.Output
            .Where(line => line.StartsWith("took ", StringComparison.Ordinal))
            .ToLookup(line => line.Split(' ')[2]);
        Assert.Equal(
            string.Empty,
            string.Join('\n', taken.Where(parameter => !s_exceptions.ContainsKey(parameter.Key)).SelectMany(lines => lines)));
        Assert.Equal(s_exceptions.Keys, taken.Select(parameter => parameter.Key).Order());
    }
}
