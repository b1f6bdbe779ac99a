using System;
using System.Management.Automation;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>Tests that share one session, each with containers of its own. Their processes are those of Linux.</summary>
public abstract class SessionTests : IClassFixture<Session>
{
    protected SessionTests(Session session)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        Session = session;
    }

    protected Session Session { get; }

    /// <summary>An object as another process would hand it over.</summary>
    protected static object Deserialized(object live) => PSSerializer.Deserialize(PSSerializer.Serialize(live));
}
