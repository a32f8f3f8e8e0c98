namespace CmEtl.Engine;

/// <summary>The server's state at one point in time, as <c>sql/pressure/sample.sql</c> returns it.</summary>
/// <param name="At">Time of the database clock, in seconds.</param>
/// <param name="LockWaitSeconds">The longest time in seconds that a session of another role has been waiting for a lock of this
/// role.</param>
/// <param name="ReplicaLagBytes">Bytes that the slowest replica has not replayed yet, as far as the role can see it.</param>
/// <param name="WalBytes">All WAL written so far by any session, in bytes.</param>
/// <param name="FreeConnections">Connections that ordinary roles can still open.</param>
internal sealed record PressureSample(double At, double LockWaitSeconds, double ReplicaLagBytes, double WalBytes, int FreeConnections);
