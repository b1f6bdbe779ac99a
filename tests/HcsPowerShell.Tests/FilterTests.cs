using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests filters on a service that returns everything, whatever the query.</summary>
public sealed class FilterTests(Session session) : SessionTests(session)
{
    [Theory]
    [InlineData("$id")]
    [InlineData("-Name $id")]
    [InlineData("-Owner $id")]
    [InlineData("-Type Container -Name $id")]
    [InlineData("$id -Owner $id")]
    public void Only_what_was_asked_for_is_found(string filter)
    {
        string id = Session.NewId();
        Session.NewContainer();
        Session.Get("New-HcsContainer $id -Owner $id", ("id", id));
        (object host, _) = ServiceProxy.HostOf<Unfiltered>(Session);
        IReadOnlyList<PSObject> found = Session.Get($"Get-HcsContainer {filter} -HcsHost $h", ("h", host));
        Assert.Equal([id], found.Select(c => (string)c.Properties["Id"].Value));
    }

    [Theory]
    [InlineData("Get-HcsContainer $id -HcsHost $h | Stop-HcsContainer -Force")]
    [InlineData("Get-HcsContainer -Type VirtualMachine -HcsHost $h | Stop-HcsContainer -Force")]
    [InlineData("Stop-HcsContainer \"$id[*]\" -Force -HcsHost $h")]
    [InlineData("Get-HcsContainer \"$id[*]\" -HcsHost $h | Stop-HcsContainer -Force")]
    public void Nothing_else_is_stopped(string command)
    {
        string other = Session.NewRunning().Id;
        (object host, _) = ServiceProxy.HostOf<Unfiltered>(Session);
        Session.Run(command, ("id", Session.NewId()), ("h", host));
        Assert.Equal("Running", Session.StateOf(other));
    }

    public class Unfiltered : ServiceProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => base.Invoke(
            targetMethod,
            targetMethod!.Name == "GetContainersAsync"
                ? [Activator.CreateInstance(args![0]!.GetType()), args[1]]
                : args);
    }
}
