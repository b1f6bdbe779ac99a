using System;
using System.Management.Automation;
using Xunit;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// Tests that share one session, each with containers of its own. Their processes are those of Linux. Every test ends
/// with nothing left of its commands but what the module keeps, which is asserted here, and the session with nothing at all.
/// </summary>
public abstract class SessionTests : IClassFixture<Session>, IDisposable
{
    protected SessionTests(Session session)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        Session = session;
    }

    protected Session Session { get; }

    public void Dispose()
    {
        Disposed();
        Session.RequireOnlyKept();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called first after a test: it ends what the test has begun.</summary>
    protected virtual void Disposed()
    {
    }

    /// <summary>An object as another process would hand it over.</summary>
    protected static object Deserialized(object live) => PSSerializer.Deserialize(PSSerializer.Serialize(live));
}
