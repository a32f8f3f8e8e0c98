namespace CmEtl.Engine;

/// <summary>The server's state at one moment, as in <c>sql/pressure/sample.sql</c>.</summary>
/// <param name="At">The moment by the database clock, in seconds.</param>
/// <param name="LockWaitSeconds">Longest time that a session of another role has been waiting for a lock of ours.</param>
/// <param name="ReplicaLagBytes">What the slowest replica has not replayed yet, as far as the role may see it.</param>
/// <param name="WalBytes">All WAL written so far, by anybody.</param>
/// <param name="FreeConnections">Connections that ordinary roles can still open.</param>
internal sealed record PressureSample(double At, double LockWaitSeconds, double ReplicaLagBytes, double WalBytes, int FreeConnections);
