using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Tests.Commands;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that a script can index into every list of an object. PowerShell cannot do so with the lists that the compiler
/// makes: <c>$layer.Parents[1]</c> would be nothing.
/// </summary>
public sealed class ListPropertyTests(OciSession oci) : LayerTests(oci)
{
    [Fact]
    public void Every_list_of_an_object_can_be_indexed()
    {
        AddPrograms();
        NewLayer("top");
        ScriptResult result = Session.Run("""
            Get-HcsHost
            New-HcsLayer app -ParentLayer top, base
            Mount-HcsLayer app
            $c = New-HcsContainer -Layer top, base -Start
            Get-HcsStatistics $c
            Invoke-HcsProcess $c -PassThru -- sh -c 'echo one; echo two'
            """);
        result.RequireNoErrors();
        string[] wrong =
        [
            .. from item in result.Output
               from property in item.BaseObject.GetType().GetProperties()
               where property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
               let value = property.GetValue(item.BaseObject)
               where value is not null && !value.GetType().IsVisible
               select $"{item.BaseObject.GetType().Name}.{property.Name}: {value.GetType().Name}",
        ];
        Assert.Equal([], wrong);
        Assert.Equal(At("base"), Session.Single("(Get-HcsLayer app).Parents[1]"));
        Assert.Equal("1.0", Session.Single("(Get-HcsHost)[0].SchemaVersions[0]"));
        Session.Get("Dismount-HcsLayer app; Stop-HcsContainer $c -Force");
    }
}
